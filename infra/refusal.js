// Runs in CloudFront behind its error pages: a refusal of the API's comes in disguise, since the distribution answers
// the page's 404 in place of any 403. The disguise is put on in src/Footfall.Lambda/EdgeRefusal.cs.
function handler(event) {
  var response = event.response;

  if (response.headers['x-footfall-refused']) {
    response.statusCode = 403;
    response.statusDescription = 'Forbidden';
    delete response.headers['x-footfall-refused'];
  }

  return response;
}
