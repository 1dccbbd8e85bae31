// Only reads: what it shows, something else counts.
fetch('API_ADDRESS/api/visits')
  .then(response => response.json())
  .then(data => { document.getElementById('visitors').innerHTML = data.visits; });
