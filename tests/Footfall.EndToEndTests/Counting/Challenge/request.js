// As it was written before fetch.
var request = new XMLHttpRequest();
request.open('POST', 'API_ADDRESS');
request.onload = function () { document.getElementById('visitors').textContent = JSON.parse(request.responseText); };
request.send();
