// The list under the search box: needs, places and services whose names begin as the person does. An editable combobox
// with list autocomplete and manual selection, as the ARIA Authoring Practices describe it. Without it the form works.
const PAUSE_MS = 150;
const LETTERS_THAT_TELL = 4;

const form = document.querySelector("[data-suggestions]");
const input = form.elements.q;
const list = form.querySelector("[role=listbox]");
const said = form.querySelector("[role=status]");
const blank = form.querySelector("template").content.firstElementChild;

let active = -1;
let nothing;
let pause;
let request;
let namesNoKeys = false;

function point(index) {
  list.children[active]?.removeAttribute("aria-selected");
  active = index;
  const option = list.children[index];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option?.id ?? "");
}

function show(options, words) {
  point(-1);
  list.replaceChildren(...options.map(optionOf));
  list.hidden = !options.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  said.textContent = words;
}

function optionOf({ text, kind, icon, url }, index) {
  const option = blank.cloneNode(true);
  option.id = `suggestion-${index}`;
  option.dataset.url = url;
  option.querySelector("use").setAttribute("href", `#p-${icon}`);
  option.querySelector("bdi").textContent = text;
  option.querySelector("small").textContent = kind;
  return option;
}

function stop() {
  clearTimeout(pause);
  request?.abort();
}

function close() {
  stop();
  show([], "");
}

async function ask() {
  stop();
  const q = input.value.trim();
  // What begins no name begins none with more letters: the rest of a question stays on the phone until it is sent.
  if (!q || (nothing && q.startsWith(nothing))) return close();
  request = new AbortController();
  try {
    const query = new URLSearchParams({ q });
    const answer = await fetch(`${form.dataset.suggestions}?${query}`, { signal: request.signal });
    const found = await answer.json();
    if (!found.options.length && q.length >= LETTERS_THAT_TELL) nothing = q;
    show(found.options, found.said);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function askSoon() {
  point(-1);
  stop();
  pause = setTimeout(ask, PAUSE_MS);
}

function typed(event) {
  // An input method's letters are not yet the word; a phone's keyboard that names no keys composes plain words too.
  if (!event.isComposing || namesNoKeys) askSoon();
}

function choose(option) {
  input.value = option.querySelector("bdi").textContent;
  close();
  location.assign(option.dataset.url);
}

function clicked(event) {
  const option = event.target.closest("[role=option]");
  if (option) choose(option);
}

function pressed(event) {
  namesNoKeys = event.key === "Unidentified";
  const count = list.children.length;
  if (event.isComposing || event.keyCode === 229) return;
  if (!count) {
    if (event.key === "ArrowDown") ask();
    return;
  }
  if (event.key === "ArrowDown") point((active + 1) % count);
  else if (event.key === "ArrowUp") point((active > 0 ? active : count) - 1);
  else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
  else if (event.key === "Escape") close();
  else {
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) point(-1);
    return;
  }
  event.preventDefault();
}

input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-expanded", "false");
input.setAttribute("aria-controls", list.id);
input.addEventListener("keydown", pressed);
input.addEventListener("input", typed);
input.addEventListener("compositionend", askSoon);
input.addEventListener("blur", close);
form.addEventListener("submit", close);
// The finger that chooses must not take the focus, whose loss closes the list.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", clicked);
