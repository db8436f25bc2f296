// Shows the newest brands of a portal from its API alone.
// The portal's address stands in data-portal on <body>: in the address of this page anybody could put another one.
// The portal has to name this page's origin in API_ALLOWED_ORIGINS.
(() => {
  const portal = document.body.dataset.portal.replace(/\/+$/, "");
  const [state, brands, more] = ["state", "brands", "more"].map((id) => document.getElementById(id));
  const query = new URLSearchParams({
    type: "brands.BrandPage",
    fields: "slogan,year,unit,category,award,cover",
    order: "-first_published_at",
    limit: "12",
  });

  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };

  const say = (text, ...beside) => state.replaceChildren(make("p", text), ...beside);

  const shown = ({ title, slogan, year, unit, category, award, cover, meta }) => {
    const article = make("article");
    const picture = cover?.thumbnail;
    article.append(
      picture
        ? make("img", "", {
            src: picture.full_url,
            alt: cover.caption,
            width: picture.width,
            height: picture.height,
            loading: "lazy",
          })
        : make("div", category.name.slice(0, 2), { class: "no-picture", "aria-hidden": "true" }),
    );
    const heading = make("h2");
    heading.append(make("a", title, { href: meta.html_url }));
    article.append(heading);
    if (slogan) article.append(make("p", slogan));
    const facts = make("p", "", { class: "facts" });
    const told = [unit.name, category.name, `${year}年度`, award].filter(Boolean);
    facts.append(...told.flatMap((fact, n) => [n ? " · " : "", make("span", fact)]));
    article.append(facts);
    return article;
  };

  const read = async () => {
    say("正在读取……");
    try {
      const answer = await fetch(`${portal}/api/v2/pages/?${query}`);
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const { items, meta } = await answer.json();
      brands.replaceChildren(...items.map(shown));
      const all = make("a", `到门户看全部 ${meta.total_count} 个品牌`, { href: `${portal}/brands/` });
      if (items.length > 0) {
        state.replaceChildren();
        more.replaceChildren(all);
      } else {
        say("还没有公开的品牌。", make("p", "品牌验收、审核后会出现在这里，不必改动这一页。"));
      }
    } catch (error) {
      console.error(error);
      const advice = `如果一直这样，请网站管理员核对门户地址（${portal}），并请门户允许 ${location.origin} 读取。`;
      const again = make("button", "再试一次", { type: "button" });
      again.addEventListener("click", read);
      say("暂时读不到门户的数据。", make("p", advice), again);
    }
  };

  read();
})();
