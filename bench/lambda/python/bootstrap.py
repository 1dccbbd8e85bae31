"""A plain loop over Lambda's Runtime API, with nothing but the standard library."""

import http.client
import json
import os

from lambda_function import lambda_handler

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
prefix = "/2018-06-01/runtime/invocation"
while True:
    api.request("GET", f"{prefix}/next")
    invocation = api.getresponse()
    event = json.loads(invocation.read())
    request_id = invocation.headers["Lambda-Runtime-Aws-Request-Id"]
    answer = json.dumps(lambda_handler(event, None))
    api.request("POST", f"{prefix}/{request_id}/response", body=answer)
    api.getresponse().read()
