"""Lambda: log settings are kept, versions are frozen, and the code can be fetched."""
import copy
import hashlib
import sys

from moto.awslambda import models
from moto.moto_api._internal.urls import url_paths

from patching import replace, route

Function = models.LambdaFunction


def apply():
    replace(Function, "__init__", _keep_logging)
    replace(Function, "get_configuration", _tell_logging)
    replace(Function, "get_code", _give_code)
    replace(models.LambdaStorage, "publish_version", _freeze)
    route(url_paths, "moto-api/package/(?P<sha256>[0-9a-f]+)", _download)


def _keep_logging(original):
    def init(self, account_id, spec, *rest, **named):
        self.logging_config = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO", **spec["LoggingConfig"]}
        original(self, account_id, spec, *rest, **named)

    return init


def _tell_logging(original):
    def get_configuration(self, on_create=False):
        return {**original(self, on_create), "LoggingConfig": self.logging_config}

    return get_configuration


def _give_code(original):
    def get_code(self):
        answer = original(self)
        sha256 = hashlib.sha256(self.code_bytes).hexdigest()
        _packages[sha256] = self.code_bytes
        answer["Code"]["Location"] = f"http://127.0.0.1:{_port()}/moto-api/package/{sha256}"
        return answer

    return get_code


_packages = {}


def _port():
    return sys.argv[sys.argv.index("-p") + 1]


def _download(request, full_url, headers):
    return 200, {"Content-Type": "application/zip"}, _packages[request.path.rsplit("/", 1)[1]]


def _freeze(original):
    def publish_version(self, name_or_arn, description=""):
        version = original(self, name_or_arn, description)
        version.environment_vars = copy.deepcopy(version.environment_vars)
        version.code = copy.deepcopy(version.code)
        return version

    return publish_version
