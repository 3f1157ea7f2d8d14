// Makes elements. Text is only ever set as text: what a user has named can not become anything else.

const SVG = 'http://www.w3.org/2000/svg';

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Where it is said what the operator refuses; hidden until it refuses something. */
export function refusal() {
  return h('p', {class: 'refused', role: 'alert', hidden: true});
}

/** Sets a text only when it is another one, so that nothing is read aloud or selected anew. */
export function text(element, value) {
  const wanted = value === null || value === undefined ? '' : String(value);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

/**
 * Makes the children of a parent these, by key. What stays is the same element, so that focus stays too.
 * make(item) returns an element, update(element, item) brings it up to date.
 */
export function keyed(parent, items, key, make, update) {
  const there = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const focused = document.activeElement;
  let before = null;
  for (const item of items) {
    const name = key(item);
    let element = there.get(name);
    if (element) {
      there.delete(name);
    } else {
      element = make(item);
      element.dataset.key = name;
    }
    update(element, item);
    const next = before === null ? parent.firstElementChild : before.nextElementSibling;
    if (next !== element) {
      parent.insertBefore(element, next);
    }
    before = element;
  }
  for (const gone of there.values()) {
    gone.remove();
  }
  if (focused && focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({preventScroll: true});
  }
}

/** For those who do not see it. */
export function say(sentence) {
  text(document.getElementById('said'), sentence);
}

/** A bar with the share done; null when nothing is known. */
export function bar(percent, label) {
  const element = h('span', {class: 'bar', role: 'img'}, h('span', {class: 'fill'}));
  setBar(element, percent, label);
  return element;
}

export function setBar(element, percent, label) {
  element.hidden = percent === null || percent === undefined;
  element.setAttribute('aria-label', label);
  element.title = label;
  element.firstElementChild.style.width = Math.max(0, Math.min(100, percent ?? 0)) + '%';
}

export function phase(name) {
  return h('span', {class: 'phase phase-' + (name ?? 'New')}, name ?? 'New');
}

export function setPhase(element, name) {
  element.className = 'phase phase-' + (name ?? 'New');
  text(element, name ?? 'New');
}
