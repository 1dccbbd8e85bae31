// Runs in CloudFront before its cache: https://www.example.com/x leads to https://example.com/x.
function handler(event) {
  var request = event.request;
  var host = request.headers.host.value;

  if (!host.startsWith('www.')) {
    return request;
  }

  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: { location: { value: 'https://' + host.slice('www.'.length) + request.uri } },
  };
}
