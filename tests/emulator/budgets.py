"""Budgets: changes, who is told, and tags."""
import json

from moto.budgets import responses

from patching import add, replace


def apply():
    def describe_subscribers_for_notification(self):
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        wanted = self._get_param("Notification")
        same = ("NotificationType", "ComparisonOperator", "Threshold")
        found = [n for n in budget.notifications if all(n.details[k] == wanted[k] for k in same)]
        return json.dumps({"Subscribers": found[0].subscribers})

    def update_budget(self):
        new = self._get_param("NewBudget")
        self.backend.budgets[self._get_param("AccountId")][new["BudgetName"]].budget.update(new)
        return json.dumps({})

    def list_tags_for_resource(self):
        tags = self.backend.__dict__.get("footfall_tags", {}).get(self._get_param("ResourceARN"), [])
        return json.dumps({"ResourceTags": tags})

    def creating(original):
        def create_budget(self):
            answer = original(self)
            arn = f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{self._get_param('Budget')['BudgetName']}"
            self.backend.__dict__.setdefault("footfall_tags", {})[arn] = self._get_param("ResourceTags", [])
            return answer

        return create_budget

    add(responses.BudgetsResponse, describe_subscribers_for_notification)
    add(responses.BudgetsResponse, update_budget)
    add(responses.BudgetsResponse, list_tags_for_resource)
    replace(responses.BudgetsResponse, "create_budget", creating)
