// The words of the table editor's menu in Chinese. The editor itself (Handsontable, brought by Wagtail) has English only.
if (window.Handsontable) {
  window.Handsontable.languages.registerLanguageDictionary({
    languageCode: "zh-hans",
    "ContextMenu:items.insertRowAbove": "在上面插入一行",
    "ContextMenu:items.insertRowBelow": "在下面插入一行",
    "ContextMenu:items.insertColumnOnTheLeft": "在左边插入一列",
    "ContextMenu:items.insertColumnOnTheRight": "在右边插入一列",
    "ContextMenu:items.removeRow": ["删除这一行", "删除这些行"],
    "ContextMenu:items.removeColumn": ["删除这一列", "删除这些列"],
    "ContextMenu:items.undo": "撤销",
    "ContextMenu:items.redo": "恢复",
  });
}
