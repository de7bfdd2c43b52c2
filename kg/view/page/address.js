"use strict";

/* The page's address follows the state, and the state follows back and forward. */

class Address {
  constructor(state, moved) {
    this.state = state;
    state.readHash(location.hash);
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) === state.toHash()) return;
      state.readHash(location.hash);
      moved();
    });
  }

  /* `step` says that "back" should lead to what was before; while a word is typed or a handle pulled it should not. */
  write(step) {
    const hash = this.state.toHash();
    if (hash === location.hash.slice(1)) return;
    const url = hash ? "#" + hash : location.href.split("#")[0];
    history[step ? "pushState" : "replaceState"](null, "", url);
  }

  /* What is to be said of it. */
  async copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      return "The link is copied.";
    } catch {
      return "The link is in the address bar: this browser does not let a page copy it.";
    }
  }
}
