// Scrolls the page to its top when the place that it shows has changed.

export default function (component) {
  const { place } = component.data;
  const before = window.__dryrunPlace;
  window.__dryrunPlace = place;
  if (before === undefined || before === place) return;
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTo({ top: 0 });
}
