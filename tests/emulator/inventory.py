"""GET /moto-api/inventory: the names of all that exists, so that a test sees what a destroy left behind."""
import json

from moto.backends import get_backend
from moto.moto_api._internal.urls import url_paths

from patching import PatchDoesNotFit, route

HELD_IN = {
    "acm": ["_certificates"],
    "apigatewayv2": ["apis"],
    "budgets": ["budgets"],
    "cloudfront": ["distributions", "origin_access_controls", "footfall_Function", "footfall_OriginRequestPolicy",
                   "footfall_ResponseHeadersPolicy"],
    "cloudwatch": ["alarms", "dashboards"],
    "dynamodb": ["tables"],
    "iam": ["roles", "managed_policies", "open_id_providers"],
    "lambda": ["_lambdas._functions"],
    "logs": ["groups"],
    "route53": ["zones"],
    "s3": ["buckets"],
    "scheduler": ["schedule_groups"],
    "sns": ["topics", "subscriptions"],
    "wafv2": ["wacls"],
}


def apply():
    for service, holders in HELD_IN.items():
        regions = get_backend(service)["123456789012"]
        backend = regions["us-east-1" if "us-east-1" in regions else "aws"]
        for holder in holders:
            if not holder.startswith("footfall_") and _held(backend, holder) is None:
                raise PatchDoesNotFit(f"{service} does not keep its things in {holder} any more")
    route(url_paths, "moto-api/inventory", _answer)


def _held(backend, holder):
    for name in holder.split("."):
        backend = getattr(backend, name, None)
    return backend


def _names(service, holder):
    for account in get_backend(service).values():
        for backend in account.values():
            for name, thing in (_held(backend, holder) or {}).items():
                # Budgets are held by their account, schedules by their group.
                yield from thing if service == "budgets" else thing.schedules if service == "scheduler" else [name]


def _answer(request, full_url, headers):
    found = {f"{service} {holder}": sorted(str(name) for name in set(_names(service, holder))
                                           if ":aws:policy/" not in str(name))
             for service, holders in HELD_IN.items() for holder in holders}
    return 200, {"Content-Type": "application/json"}, json.dumps({key: names for key, names in found.items() if names})
