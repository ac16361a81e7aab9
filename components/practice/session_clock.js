// The clock of a practice session. The server says how long the session has run; this only
// counts on from there, and stops where the server's count would stop too.

const timers = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  const start = performance.now();
  parentElement.querySelector("[data-part=stage-name]").textContent = data.stage_name;
  clearInterval(timers.get(parentElement));
  const show = () => {
    const ticked = data.running ? Math.min((performance.now() - start) / 1000, data.idle_in) : 0;
    paint(parentElement, "total", data.total + ticked, data.budget);
    paint(parentElement, "stage", data.stage + ticked, data.stage_budget);
    const paused = data.running && ticked >= data.idle_in;
    parentElement.querySelector("[data-part=note]").textContent = paused
      ? "Paused: nothing happened for ten minutes"
      : data.note;
  };
  show();
  if (data.running) timers.set(parentElement, setInterval(show, 1000));
  return () => clearInterval(timers.get(parentElement));
}

function paint(root, part, seconds, budget) {
  const row = root.querySelector(`[data-part=${part}]`);
  const over = seconds > budget;
  row.dataset.state = seconds > 1.5 * budget ? "late" : over ? "over" : "within";
  const text = `${minutes(seconds)} of ${minutes(budget)}${over ? " — over" : ""}`;
  const value = row.querySelector(".value");
  if (value.textContent !== text) value.textContent = text;
  row.querySelector(".fill").style.width = `${Math.min(100, (100 * seconds) / budget)}%`;
}

function minutes(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
