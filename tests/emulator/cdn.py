"""CloudFront: functions, origin request and response headers policies; distributions kept as they were sent."""
from datetime import datetime, timezone

from moto.cloudfront import models, responses, urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.core.responses import ActionResult, EmptyResult

from patching import add, replace, route

PATH = "2020-05-31/"
Response = responses.CloudFrontResponse


def apply():
    _policy("OriginRequestPolicy", "origin_request_policy", "origin-request-policy")
    _policy("ResponseHeadersPolicy", "response_headers_policy", "response-headers-policy")
    _functions()
    _distributions()


def _things(backend, kind):
    return backend.__dict__.setdefault(f"footfall_{kind}", {})


def _find(response, kind, key):
    thing = _things(response.backend, kind).get(response._get_param(key))
    if thing is None:
        raise CloudFrontException(f"NoSuch{kind}", f"The {kind} does not exist.")
    return thing


def _new(**values):
    return {"etag": models.random_id(), "time": datetime.now(timezone.utc).replace(microsecond=0), **values}


def _used(backend, text):
    return any(text in str(d.distribution_config) for d in backend.distributions.values())


def _policy(kind, snake, path):
    config = f"{kind}Config"

    def answer(policy):
        return ActionResult({
            kind: {"Id": policy["id"], "LastModifiedTime": policy["time"], config: policy["config"]},
            "ETag": policy["etag"],
        })

    def create(self):
        policy = _new(id=models.random_id(), config=self._get_param(config, {}))
        _things(self.backend, kind)[policy["id"]] = policy
        return answer(policy)

    def get(self):
        return answer(_find(self, kind, "Id"))

    def update(self):
        policy = _find(self, kind, "Id")
        policy.update(_new(config=self._get_param(config, {})))
        return answer(policy)

    def delete(self):
        policy = _find(self, kind, "Id")
        if _used(self.backend, policy["id"]):
            raise CloudFrontException(f"{kind}InUse", f"The {kind} is attached to a distribution.")
        del _things(self.backend, kind)[policy["id"]]
        return EmptyResult()

    for verb in (create, get, update, delete):
        verb.__name__ = f"{verb.__name__}_{snake}"
        add(Response, verb)
    route(urls.url_paths, PATH + path + "$", Response.dispatch)
    route(urls.url_paths, PATH + path + "/(?P<policy>[^/]+)$", Response.dispatch)


def _functions():
    def summary(self, function, stage):
        return {
            "Name": function["name"],
            "Status": "UNASSOCIATED",
            "FunctionConfig": function[stage]["config"],
            "FunctionMetadata": {
                "FunctionARN": f"arn:aws:cloudfront::{self.current_account}:function/{function['name']}",
                "Stage": stage,
                "LastModifiedTime": function[stage]["time"],
            },
        }

    def draft(self):
        return _new(config=self._get_param("FunctionConfig", {}), code=self._get_param("FunctionCode"))

    def find(self):
        function, stage = _find(self, "Function", "Name"), self._get_param("Stage") or "DEVELOPMENT"
        if stage not in function:
            raise CloudFrontException("NoSuchFunctionExists", "The function does not exist.")
        return function, stage

    def create_function(self):
        name = self._get_param("Name")
        function = {"name": name, "DEVELOPMENT": draft(self)}
        _things(self.backend, "Function")[name] = function
        return ActionResult({"FunctionSummary": summary(self, function, "DEVELOPMENT"),
                             "ETag": function["DEVELOPMENT"]["etag"]})

    def update_function(self):
        function, _ = find(self)
        function["DEVELOPMENT"] = draft(self)
        return ActionResult({"FunctionSummary": summary(self, function, "DEVELOPMENT"),
                             "ETag": function["DEVELOPMENT"]["etag"]})

    def publish_function(self):
        function, _ = find(self)
        function["LIVE"] = dict(function["DEVELOPMENT"])
        return ActionResult({"FunctionSummary": summary(self, function, "LIVE")})

    def describe_function(self):
        function, stage = find(self)
        return ActionResult({"FunctionSummary": summary(self, function, stage), "ETag": function[stage]["etag"]})

    def get_function(self):
        function, stage = find(self)
        return 200, {"ETag": function[stage]["etag"], "Content-Type": "application/octet-stream"}, function[stage]["code"]

    def delete_function(self):
        function, _ = find(self)
        if _used(self.backend, f":function/{function['name']}"):
            raise CloudFrontException("FunctionInUse", "The function is attached to a distribution.")
        del _things(self.backend, "Function")[function["name"]]
        return EmptyResult()

    for verb in (create_function, update_function, publish_function, describe_function, get_function, delete_function):
        add(Response, verb)
    for end in ("$", "/(?P<name>[^/]+)$", "/(?P<name>[^/]+)/publish$", "/(?P<name>[^/]+)/describe$"):
        route(urls.url_paths, PATH + "function" + end, Response.dispatch)


class AsSent(dict):
    """A distribution's settings; moto's own class drops those that it does not know."""

    def __init__(self, config):
        super().__init__(config)
        self.caller_reference = config["CallerReference"]
        for behavior in [config["DefaultCacheBehavior"], *(config.get("CacheBehaviors") or {}).get("Items", [])]:
            for empty in ("FunctionAssociations", "LambdaFunctionAssociations"):
                behavior.setdefault(empty, {"Quantity": 0})
            for empty in ("TrustedSigners", "TrustedKeyGroups"):
                behavior.setdefault(empty, {"Enabled": False, "Quantity": 0})
        for empty in ("Aliases", "CacheBehaviors", "CustomErrorResponses", "OriginGroups"):
            self.setdefault(empty, {"Quantity": 0})


def _distributions():
    replace(models, "DistributionConfig", lambda _: AsSent)

    def making(original):
        def init(self, account_id, region_name, config):
            original(self, account_id, region_name, config)
            # moto leaves out the colon of the region that there is none of.
            self.arn = f"arn:aws:cloudfront::{account_id}:distribution/{self.distribution_id}"

        return init

    replace(models.Distribution, "__init__", making)

    def deleting(delete):
        def delete_distribution(self, distribution_id, if_match):
            found = self.distributions.get(distribution_id)
            if found and found.distribution_config["Enabled"]:
                raise CloudFrontException("DistributionNotDisabled", "The distribution has not been disabled.")
            return delete(self, distribution_id, if_match)

        return delete_distribution

    replace(models.CloudFrontBackend, "delete_distribution", deleting)
