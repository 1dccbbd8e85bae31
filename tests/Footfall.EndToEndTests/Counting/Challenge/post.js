// The address of the API alone, by POST; the answer is the number.
fetch('API_ADDRESS', { method: 'POST' })
  .then(response => response.json())
  .then(count => { document.getElementById('visitors').innerText = count; });
