// Counts the pages of any site, and shows the count where the page wants it:
//   <script src="https://count.jane.example.com/count.js" data-counter="/blog/hello" defer></script>
//   <span data-footfall></span>
// Without data-counter the page's path is the counter. No cookie, no identifier.
(() => {
  const { src, dataset } = document.currentScript;
  const api = new URL('api/visits', src);
  let { referrer } = document;
  let counter, text, later;

  // Who led here: a link of the owner's, or a site, by its name alone and not the page's own. The body has no type of
  // its own, so that no preflight is needed.
  const send = () => {
    const { host } = new URL(referrer || location);
    try {
      if (localStorage['footfall-not-me']) return fetch(api + '?counter=' + counter);
    } catch {
      // Storage is blocked: nobody can have left themselves out.
    }
    return fetch(api, {
      method: 'POST',
      body: JSON.stringify({
        counter,
        webdriver: navigator.webdriver,
        referrer: host === location.host ? undefined : host,
        link: location.search.match(/[?&]to=([a-z2-9]{8})\b/)?.[1],
      }),
    });
  };

  // What a framework puts on the page later is filled, too.
  const show = () => document.querySelectorAll('[data-footfall]').forEach(place => {
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  });

  // A lost answer may have been counted: asking again is a repeat, never a second visit.
  const ask = async (again, asked = counter) => {
    let response;
    try {
      response = await send();
      const { visits } = await response.json();
      if (response.ok && counter === asked) {
        // In the page's language, if it names one that there may be.
        text = visits.toLocaleString(document.documentElement.lang.match(/^[a-z]{2,3}(-[a-z]{2})?\b/i)?.[0]);
        show();
      }
    } catch {
      // The page stays as it is.
    }
    if (again && counter === asked && !(response?.status < 429)) later = setTimeout(ask, (response?.headers.get('retry-after') || 5) * 1000);
  };

  // Nobody looks yet at a page that is prerendered or in the background. In a single-page application the next page is
  // there when its path is, and no other site led to it.
  const count = change => {
    // A page that the back button brings out of the browser's memory is opened again; the server knows whether it is a visit.
    if (change?.persisted) counter = '';
    // A key has at most 100 characters: of a longer path the rest is drawn together into a number.
    let key = dataset.counter || location.pathname.replace(/[^\w/.~-]/g, '~');
    if (key[100]) key = key.slice(0, 89) + '~' + [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt()) % 4e9, 0);
    if (key === counter || document.prerendering || document.hidden) return;
    if (counter) {
      referrer = text = '';
      show();
    }
    counter = key;
    clearTimeout(later);
    ask(true);
  };

  for (const change of ['pushState', 'replaceState']) {
    const original = history[change];
    history[change] = (...to) => {
      original.apply(history, to);
      count();
    };
  }
  for (const change of ['pageshow', 'popstate', 'prerenderingchange', 'visibilitychange']) addEventListener(change, count, true);

  new MutationObserver(show).observe(document, { childList: true, subtree: true });
  count();
})();
