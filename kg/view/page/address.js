"use strict";

/* The page's address follows the state, and the state follows back and forward. */

class Address {
  constructor(state, moved) {
    this.state = state;
    state.readHash(location.hash);
    addEventListener("hashchange", () => {
      this.begun = false;
      if (location.hash.slice(1) === state.toHash()) return;
      state.readHash(location.hash);
      moved();
    });
  }

  /* A word that is typed and a handle that is pulled change the state many times, of which the last is `settled`: all of
     them are one step, so that "back" leads to what was before. */
  write(settled) {
    if (location.protocol === "about:") return; // in the frame of a notebook, which has no address
    const way = this.begun ? "replaceState" : "pushState";
    this.begun = !settled;
    const hash = this.state.toHash();
    if (hash === location.hash.slice(1)) return;
    history[way](null, "", hash ? "#" + hash : location.href.split("#")[0]);
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
