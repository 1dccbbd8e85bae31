"""Lambda: log settings are kept, versions are frozen, and the code can be fetched."""
import base64
import copy

from moto.awslambda import models

from patching import replace

Function = models.LambdaFunction


def apply():
    replace(Function, "__init__", _keep_logging)
    replace(Function, "get_configuration", _tell_logging)
    replace(Function, "get_code", _give_code)
    replace(models.LambdaStorage, "publish_version", _freeze)


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
        answer["Code"]["Location"] = "data:application/zip;base64," + base64.b64encode(self.code_bytes).decode()
        return answer

    return get_code


def _freeze(original):
    def publish_version(self, name_or_arn, description=""):
        version = original(self, name_or_arn, description)
        version.environment_vars = copy.deepcopy(version.environment_vars)
        version.code = copy.deepcopy(version.code)
        return version

    return publish_version
