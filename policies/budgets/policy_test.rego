package lib.policies.budgets_test

import data.lib.policies.budgets
import data.lib.subject

parameters := {"budgets": [
	{"name": "gcp", "amount": 1200.5, "currency": "EUR"},
	{"name": "small", "amount": 1, "currency": "USD"},
]}

findings(costs) := budgets.findings(subject.of({"kind": "costs", "object": {"budgets": costs}}), parameters)

test_a_minimum_up_to_the_budget_passes if {
	findings({"gcp": {"currency": "EUR", "minimum": 1200.5, "maximum": 5000}}) == set()
	findings({}) == set()
}

test_a_minimum_above_the_budget_is_found if {
	findings({"gcp": {"currency": "EUR", "minimum": 1300, "maximum": 5000}}) == {{
		"path": ["budgets", "gcp", "minimum"],
		"message": "budget gcp is 1200.5 EUR, but the ecosystem costs at least 1300 EUR",
	}}
}

test_another_currency_is_found if {
	findings({"gcp": {"currency": "USD", "minimum": 5000, "maximum": 2}}) == {{
		"path": ["budgets", "gcp", "currency"],
		"message": "budget gcp is in EUR, but its costs are in USD",
	}}
}

test_costs_without_a_budget_are_found if {
	findings({"aws": {"currency": "EUR", "minimum": 1, "maximum": 2}}) == {{
		"path": ["budgets", "aws"],
		"message": "there is no budget aws to hold these costs against",
	}}
}
