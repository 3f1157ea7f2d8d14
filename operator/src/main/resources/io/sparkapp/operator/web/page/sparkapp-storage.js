// A page in a sandbox may not keep anything. Spark's pages ask for storage to remember what is folded,
// and stop when they are refused: here they get one that is forgotten with the page.
(function () {
  'use strict';
  function memory() {
    const kept = new Map();
    return {
      getItem: (name) => (kept.has(String(name)) ? kept.get(String(name)) : null),
      setItem: (name, value) => kept.set(String(name), String(value)),
      removeItem: (name) => kept.delete(String(name)),
      clear: () => kept.clear(),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() { return kept.size; },
    };
  }
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, {value: memory(), configurable: true});
  }
})();
