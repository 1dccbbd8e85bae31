// With a media type, so that the browser asks first whether it may.
const visitors = document.querySelector('#visitors');
async function updateCounter() {
  const response = await fetch('API_ADDRESS', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({}),
  });
  const data = await response.json();
  visitors.innerHTML = `${data}`;
}
updateCounter();
