// Asks the API to count this visit, and shows the answer. No cookie, no identifier.
(() => {
  const place = document.querySelector('[data-counter]');
  const note = document.getElementById('not-counted');
  const flag = 'footfall-not-me';
  const { counter, api } = place.dataset;
  let asked = false;

  // The owner's own act, #not-me or #count-me, is all that is ever stored.
  const isOwner = () => {
    let stored = null;
    try {
      if (location.hash === '#not-me') localStorage.setItem(flag, '1');
      if (location.hash === '#count-me') localStorage.removeItem(flag);
      stored = localStorage.getItem(flag);
    } catch { /* storage is blocked: only this page view can be left out */ }
    note.hidden = !stored;
    if (/^#(not|count)-me$/.test(location.hash)) place.scrollIntoView();
    return stored || location.hash === '#not-me';
  };

  const send = () => isOwner()
    ? fetch(`${api}?counter=${encodeURIComponent(counter)}`)
    : fetch(api, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      body: JSON.stringify({ counter, webdriver: navigator.webdriver || undefined }),
    });

  const say = (number, word) =>
    `${number.toLocaleString(document.documentElement.lang)} ${word}${number === 1 ? '' : 's'}`;

  const ask = async (retries) => {
    const response = await send().catch(() => null);
    if (response?.ok) {
      const { visits, visitors } = await response.json();
      place.firstChild.textContent = say(visits, 'visit');
      place.lastChild.textContent = say(visitors, 'visitor');
    } else if (retries && (!response || response.status >= 500)) {
      setTimeout(ask, 2000, retries - 1);
    }
  };

  // A page that is prerendered or in a background tab has no visitor yet.
  const start = () => {
    const owner = isOwner();
    if (!asked && !document.prerendering && !document.hidden) {
      asked = true;
      ask(1);
    }
  };

  document.addEventListener('visibilitychange', start);
  document.addEventListener('prerenderingchange', start);
  addEventListener('hashchange', start);
  start();
})();
