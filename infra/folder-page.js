// Runs in CloudFront before its cache: /stats/ is the page in that folder, which S3 knows by its whole name alone.
function handler(event) {
  var request = event.request;
  request.uri += 'index.html';
  return request;
}
