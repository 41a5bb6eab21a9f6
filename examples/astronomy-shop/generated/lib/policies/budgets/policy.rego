# METADATA
# title: Projected costs stay within their budgets
# description: >-
#   The least that the ecosystem can cost, every pool at its minimum, is not above the budget. What it may cost at most is
#   for reviewers and alerts; what it costs at least is a decision.
# custom:
#   severity: error
#   applies: [output, pull-request]
#   reads: [costs]
#   parameters:
#     budgets:
#       description: Monthly budgets by name
#       type: array
#       items:
#         type: object
#         required: [name, amount, currency]
#         properties:
#           name: {type: string}
#           amount: {type: number}
#           currency: {type: string}
package lib.policies.budgets

findings(subject, parameters) := {finding |
	some name, projection in subject.object.budgets
	some budget in parameters.budgets
	budget.name == name
	some finding in (over(budget, projection) | incomparable(budget, projection))
} | unknown(subject, parameters)

over(budget, projection) := {finding |
	projection.currency == budget.currency
	projection.minimum > budget.amount
	finding := {
		"path": ["budgets", budget.name, "minimum"],
		"message": sprintf("budget %s is %v %s, but the ecosystem costs at least %v %s", [budget.name, budget.amount, budget.currency, projection.minimum, projection.currency]),
	}
}

incomparable(budget, projection) := {finding |
	projection.currency != budget.currency
	finding := {
		"path": ["budgets", budget.name, "currency"],
		"message": sprintf("budget %s is in %s, but its costs are in %s", [budget.name, budget.currency, projection.currency]),
	}
}

unknown(subject, parameters) := {finding |
	declared := {budget.name | some budget in parameters.budgets}
	some name, _ in subject.object.budgets
	not name in declared
	finding := {"path": ["budgets", name], "message": sprintf("there is no budget %s to hold these costs against", [name])}
}
