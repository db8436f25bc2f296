// Writes a number while it is typed as it will be read: wide digits and signs and the full stop of a Chinese keyboard become
// their ordinary forms (portal/typed_numbers.py). Hook: input[data-figure]. What it changes it tells by an input event.
(() => {
  const plain = (text) =>
    text
      .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/[\u3002\uff61]/g, ".");
  const mend = (input) => {
    const written = plain(input.value);
    if (written === input.value) return false;
    const at = input.selectionStart;
    input.value = written;
    input.setSelectionRange(at, at);
    return true;
  };
  const figure = (event) => event.target.matches?.("[data-figure]") && event.target;
  // Before all that reckon with it. What an input method is still composing is left alone.
  document.addEventListener("input", (event) => !event.isComposing && figure(event) && mend(event.target), true);
  document.addEventListener(
    "compositionend",
    (event) => figure(event) && mend(event.target) && event.target.dispatchEvent(new Event("input", { bubbles: true })),
    true,
  );
})();
