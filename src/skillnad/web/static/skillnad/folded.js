// Browsers that do not open what an address leads into, or what is printed, by themselves. The page works without.
(() => {
  const folds = () => document.querySelectorAll("details.sk-fold");

  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let fold = target && target.closest("details.sk-fold:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details.sk-fold:not([open])")) fold.open = true;
    target.scrollIntoView();
  };

  let closed = [];
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", () => {
    closed = [...folds()].filter((fold) => !fold.open);
    closed.forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((fold) => { fold.open = false; }));
  openTarget();
})();
