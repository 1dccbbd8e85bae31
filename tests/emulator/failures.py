"""What moto cannot do is a 400: the AWS provider tries a 500 again for over ten minutes."""
import json
import sys
import traceback

from moto.moto_server.werkzeug_app import DomainDispatcherApplication

from patching import replace


def apply():
    replace(DomainDispatcherApplication, "__call__", _refusing)


def _refusing(call):
    def answer(self, environ, start_response):
        try:
            return call(self, environ, start_response)
        except Exception as problem:  # whatever it was, the caller is told and the log has the rest
            traceback.print_exc()
            said = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO')}: {type(problem).__name__}: {problem}"
            print(f"emulator: {said}", file=sys.stderr, flush=True)
            body = json.dumps({"__type": "EmulatorCannot", "message": said}).encode()
            start_response("400 Bad Request", [("Content-Type", "application/x-amz-json-1.1"),
                                               ("Content-Length", str(len(body))),
                                               ("x-amzn-errortype", "EmulatorCannot")])
            return [body]

    return answer
