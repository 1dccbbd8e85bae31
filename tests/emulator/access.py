"""IAM: an assumed role may do what its policies allow, and nothing else; whoever has other keys is the administrator.

Checked are action, resource and conditions of all that needs.py names. Not checked: signatures, and whom a role trusts.
moto's own check knows no resources of DynamoDB, refuses everything where it knows none, and knows no boundaries.

GET /moto-api/calls: what was asked of each role so far, actions and resources.
"""
import json
import re

from moto.core.authorization import ActionAuthenticatorMixin
from moto.iam.access_control import IAMPolicy
from moto.iam.models import iam_backends
from moto.moto_api._internal.urls import url_paths
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.models import sts_backends
from werkzeug.exceptions import HTTPException

from needs import needs
from patching import replace, route

_calls = set()


def apply():
    replace(ActionAuthenticatorMixin, "_authenticate_and_authorize_action", lambda _: _authorize)
    route(url_paths, "moto-api/calls", _tell)


def _tell(request, full_url, headers):
    return 200, {"Content-Type": "application/json"}, json.dumps(
        [{"role": role, "action": action, "resource": resource} for role, action, resource in sorted(_calls)])


class Denied(HTTPException):
    code = 403

    def __init__(self, is_json, message):
        if is_json:
            self.description = json.dumps({"__type": "AccessDeniedException", "message": message, "Message": message})
            self.code = 400
        else:
            self.description = (
                "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                f"<Message>{message}</Message></Error></ErrorResponse>")


def _authorize(self, iam_request_cls, resource="*"):
    scope = re.search(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/", self.headers.get("Authorization", ""))
    if not scope:
        return
    key, service = scope.groups()
    role = next((session.role_arn.rsplit("/", 1)[1]
                 for account in sts_backends.values() for session in account["aws"].assumed_roles
                 if session.access_key_id == key), None)
    if role is None:
        return

    for action, resource, context in needs(self, service):
        # AWS answers this one to everybody.
        if action == "sts:GetCallerIdentity":
            continue
        _calls.add((role, action, resource))
        if not _allows(role, action, resource, {**context, **_boundary_of(self, action)}):
            message = f"{role} is not authorized to perform {action} on {resource}"
            print(f"emulator: {message}", flush=True)
            speaks_json = service in ("apigateway", "lambda") or "json" in self.headers.get("Content-Type", "")
            raise S3AccessDeniedError() if service == "s3" else Denied(speaks_json, message)


def _boundary_of(self, action):
    """The one that a role is to have, or has."""
    if not action.startswith("iam:") or action == "iam:PassRole":
        return {}
    boundary = self._get_param("PermissionsBoundary")
    if boundary is None:
        roles = iam_backends[self.current_account]["aws"].roles.values()
        boundary = next((r.permissions_boundary_arn for r in roles if r.name == self._get_param("RoleName")), None)
    return {"iam:PermissionsBoundary": boundary}


# --- what a role may ------------------------------------------------------------------------------------------------

def _allows(role_name, action, arn, context):
    for account in iam_backends.values():
        backend = account["aws"]
        role = next((r for r in backend.roles.values() if r.name == role_name), None)
        if role is None:
            continue
        own = [IAMPolicy(policy)._policy_json for policy in
               [*role.policies.values(), *role.managed_policies.values()]]
        arn_of_boundary = role.permissions_boundary_arn
        boundary = [IAMPolicy(backend.managed_policies[arn_of_boundary])._policy_json] if arn_of_boundary else own
        return all(any(_permits(s, action, arn, context) for p in policies for s in p["Statement"])
                   for policies in (own, boundary))
    return False


def _permits(statement, action, arn, context):
    if statement["Effect"] != "Allow" or not {"Effect", "Action", "Resource", "Sid", "Condition"} >= statement.keys():
        raise NotImplementedError(f"the emulator does not understand the statement {statement}")
    return (_like(statement["Action"], action)
            and _like(statement["Resource"], arn)
            and all(_holds(*item, context) for item in statement.get("Condition", {}).items()))


def _holds(operator, wanted, context):
    if operator != "StringEquals":
        raise NotImplementedError(f"the emulator does not understand the condition {operator}")
    return all(context.get(key) == value for key, value in wanted.items())


def _like(patterns, value):
    return any(re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), value, re.S | re.I)
               for pattern in ([patterns] if isinstance(patterns, str) else patterns))
