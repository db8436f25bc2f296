// Puts a platform's player in the place of a video's notice, once the reader asks for it. Hook: [data-video] holding the
// player's address, with [data-play] and [data-notice]. Without this script a link leads to the platform.
(() => {
  document.querySelectorAll("[data-video]").forEach((video) => {
    const play = video.querySelector("[data-play]");
    play.hidden = false;
    video.querySelector("[data-notice]").hidden = false;
    play.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.src = video.dataset.video;
      frame.title = video.dataset.title;
      frame.allow = "autoplay; fullscreen";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "no-referrer";
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
      video.querySelector(".video-stage").replaceWith(frame);
      frame.focus();
    });
  });
})();
