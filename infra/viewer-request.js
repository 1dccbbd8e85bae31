// Runs in CloudFront before its cache, for requests of the page.
// www.example.com/x leads to example.com/x, and a folder's address (/cv/) to its index.html.
function handler(event) {
  var request = event.request;
  var host = request.headers.host ? request.headers.host.value : '';

  if (host.startsWith('www.')) {
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: { location: { value: 'https://' + host.slice(4) + request.uri } },
    };
  }

  if (request.uri.endsWith('/')) {
    request.uri += 'index.html';
  }
  return request;
}
