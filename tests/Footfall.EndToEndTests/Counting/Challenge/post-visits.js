// A path below the API, and a number by its name in the answer.
document.addEventListener('DOMContentLoaded', async () => {
  const { visits } = await (await fetch('API_ADDRESS/api/visits', { method: 'POST' })).json();
  document.getElementById('visitors').textContent = visits;
});
