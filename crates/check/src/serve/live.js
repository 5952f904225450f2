"use strict";
(() => {
  const at = id => document.getElementById(id);
  const [live, page, state, moment, told, copy, again] =
    ["live", "page", "state", "moment", "told", "copy", "again"].map(at);
  const words = live.dataset;

  // Tries of a connection before the program is taken for ended: its port may be another one's by then.
  const tries = 5;

  // What stays the same from one state to the next: what has a name of its own keeps it.
  const nameOf = node => node.nodeType !== Node.ELEMENT_NODE ? "" : node.id || node.getAttribute("aria-labelledby")
    || (node.localName === "details" ? node.querySelector("summary > span").textContent : "");
  const isSame = (one, other) =>
    one.nodeType === other.nodeType && one.nodeName === other.nodeName && nameOf(one) === nameOf(other);

  // Makes one node like another, touching only what differs: focus, scroll and what was opened stay.
  const become = (node, fresh) => {
    if (node.nodeType !== Node.ELEMENT_NODE) {
      if (node.data !== fresh.data) node.data = fresh.data;
      return;
    }
    for (const { name } of [...node.attributes]) {
      if (!fresh.hasAttribute(name) && !(name === "open" && node.localName === "details")) node.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    }
    fill(node, fresh);
  };
  const fill = (node, fresh) => {
    let place = node.firstChild;
    for (const one of [...fresh.childNodes]) {
      let found = place;
      while (found && !isSame(found, one)) found = found.nextSibling;
      if (!found) {
        node.insertBefore(one, place);
        continue;
      }
      while (place !== found) {
        const gone = place;
        place = place.nextSibling;
        gone.remove();
      }
      become(found, one);
      place = found.nextSibling;
    }
    while (place) {
      const gone = place;
      place = place.nextSibling;
      gone.remove();
    }
  };

  // What is said aloud: once, and not what stands in the page that was just opened.
  let said;
  const say = text => {
    if (told.textContent !== text) told.textContent = text;
  };

  const is = (name, text) => {
    live.className = `live ${name}`;
    if (state.textContent !== text) state.textContent = text;
    page.classList.toggle("old", name === "over");
    again.disabled = name === "over";
    copy.disabled = !at("ticket");
  };

  const show = content => {
    page.setAttribute("aria-busy", content.busy);
    is(content.busy ? "busy" : "on", content.busy ? words.busy : words.on);
    moment.textContent = content.moment;
    if (content.busy) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = content.page;
    const had = document.activeElement;
    fill(page, fresh.content);
    // what had the focus is not there any more: the verdict is the next thing to read
    if (had && had !== document.body && !had.isConnected) {
      const verdict = page.querySelector("h1");
      verdict.tabIndex = -1;
      verdict.focus({ preventScroll: true });
    }
    document.title = content.title;
    copy.disabled = !at("ticket");
    if (said !== undefined && said !== content.said) say(content.said);
    said = content.said;
  };

  const over = why => {
    page.setAttribute("aria-busy", "false");
    is("over", why);
    say(why);
  };

  let source;
  const follow = () => {
    let failures = 0;
    source = new EventSource("events");
    source.onmessage = event => {
      failures = 0;
      show(JSON.parse(event.data));
    };
    source.addEventListener("end", () => {
      source.close();
      over(words.ended);
    });
    source.onerror = () => {
      failures += 1;
      if (failures >= tries) source.close();
      over(words.lost);
    };
  };
  // A page that is left is not followed; one that comes back from the browser's memory is.
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", event => event.persisted && follow());

  let back;
  copy.addEventListener("click", async () => {
    const ticket = at("ticket");
    try {
      await navigator.clipboard.writeText(ticket.textContent);
      say(words.copied);
      copy.textContent = words.copied;
      clearTimeout(back);
      back = setTimeout(() => { copy.textContent = words.copy; }, 2500);
    } catch {
      ticket.closest("details").open = true;
      getSelection().selectAllChildren(ticket);
      ticket.scrollIntoView({ block: "nearest" });
      say(words.failed);
      moment.textContent = words.failed;
    }
  });
  again.addEventListener("click", () => {
    is("busy", words.busy);
    fetch("again", { method: "POST" }).catch(() => over(words.lost));
  });

  copy.disabled = !at("ticket");
  follow();
})();
