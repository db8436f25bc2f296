// Shows the newest brands of a portal from its API alone. The portal's address: ?portal=https://… or data-portal on <body>.
// The portal has to name this page's origin in API_ALLOWED_ORIGINS.
(async () => {
  const asked = new URLSearchParams(location.search).get("portal");
  const portal = (asked ?? document.body.dataset.portal).replace(/\/+$/, "");
  const place = document.getElementById("brands");
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
        : make("div", "", { class: "no-picture" }),
    );
    const heading = make("h2");
    heading.append(make("a", title, { href: meta.html_url }));
    article.append(heading);
    if (slogan) article.append(make("p", slogan));
    const facts = [unit.name, category.name, `${year}年度`, award].filter(Boolean);
    const line = make("p");
    line.append(make("small", facts.join(" · ")));
    article.append(line);
    return article;
  };

  try {
    const answer = await fetch(`${portal}/api/v2/pages/?${query}`);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const { items } = await answer.json();
    place.replaceChildren(...items.map(shown));
    if (items.length === 0) place.append(make("p", "还没有公开的品牌。"));
  } catch (error) {
    place.replaceChildren(make("p", `读不到门户的数据（${error.message}）。请核对门户地址，并请门户允许本站读取。`));
  }
})();
