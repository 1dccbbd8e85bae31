// Counts the pages of any site, and shows the count where the page wants it:
//   <script src="https://count.jane.example.com/count.js" data-counter="/blog/hello" defer></script>
//   <span data-footfall></span>
// Without data-counter the page's path is the counter. No cookie, no identifier.
(() => {
  const { dataset, src } = document.currentScript;
  const api = new URL('api/visits', src);
  let asked;

  const isLeftOut = () => {
    try {
      return localStorage.getItem('footfall-not-me') !== null;
    } catch {
      return false; // Storage is blocked: nobody can have left themselves out.
    }
  };

  // The host alone; a page of one's own site led here from nowhere else.
  const referrer = () => {
    const host = document.referrer && new URL(document.referrer).host;
    return host === location.host || !host ? undefined : host;
  };

  // Text without a type of its own needs no preflight.
  const send = counter => isLeftOut()
    ? fetch(`${api}?counter=${encodeURIComponent(counter)}`)
    : fetch(api, {
      method: 'POST',
      credentials: 'omit',
      body: JSON.stringify({ counter, referrer: referrer(), webdriver: navigator.webdriver || undefined }),
    });

  // A lost answer may have been counted: asking again is a repeat, never a second visit.
  const ask = async (counter, again) => {
    let response;
    try {
      response = await send(counter);
      if (response.ok) {
        const { visits } = await response.json();
        const text = visits.toLocaleString(document.documentElement.lang || undefined);
        if (counter === asked) document.querySelectorAll('[data-footfall]').forEach(place => { place.textContent = text; });
      }
    } catch {
      // The page stays as it is.
    }
    if (again && !(response?.status < 429)) setTimeout(ask, (response?.headers.get('retry-after') || 2) * 1000, counter);
  };

  const count = () => {
    const counter = dataset.counter || location.pathname;
    if (counter === asked || document.prerendering || document.hidden) return;
    asked = counter;
    ask(counter, true);
  };

  // A page of a single-page application is another page when its address is.
  const { pushState } = history;
  history.pushState = (...to) => {
    pushState.apply(history, to);
    count();
  };
  addEventListener('popstate', count);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) asked = undefined;
    count();
  });
  document.addEventListener('prerenderingchange', count);
  document.addEventListener('visibilitychange', count);
  count();
})();
