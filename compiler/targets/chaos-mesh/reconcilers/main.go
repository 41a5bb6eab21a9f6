// Runs a Schedule's Workflow through Chaos Mesh's own webhooks and reconcilers, with an API server in memory and a real HTTP server in
// slo-gate's place, and prints what began and ended when. Faults are objects here: nothing acts on them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/chaos-mesh/chaos-mesh/api/v1alpha1"
	"github.com/chaos-mesh/chaos-mesh/controllers/statuscheck"
	statuscheckhttp "github.com/chaos-mesh/chaos-mesh/controllers/statuscheck/http"
	"github.com/chaos-mesh/chaos-mesh/controllers/utils/recorder"
	workflow "github.com/chaos-mesh/chaos-mesh/pkg/workflow/controllers"
)

type scenario struct {
	// Object with the address of slo-gate in it.
	Schedule json.RawMessage
	SloGate  string
	// What an admission controller adds to the Workflow.
	Annotations map[string]string
	// The SLO is broken from this many seconds on; negative: never.
	BreaksAfter float64
	// Seconds until the end of the run.
	Lasts float64
}

type event struct {
	At    float64 `json:"at"`
	What  string  `json:"what"`
	Began bool    `json:"began"`
}

func main() {
	ctrl.SetLogger(logr.Discard())
	var input scenario
	if err := json.NewDecoder(os.Stdin).Decode(&input); err != nil {
		fail(err)
	}
	events, err := input.run()
	if err != nil {
		fail(err)
	}
	_ = json.NewEncoder(os.Stdout).Encode(events)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (in scenario) run() ([]event, error) {
	begin := time.Now()
	since := func() float64 { return time.Since(begin).Seconds() }
	sloGate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if in.BreaksAfter >= 0 && since() >= in.BreaksAfter {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer sloGate.Close()

	ctx := context.Background()
	object, err := in.workflow(ctx, sloGate.URL)
	if err != nil {
		return nil, err
	}
	scheme := runtime.NewScheme()
	_ = clientgoscheme.AddToScheme(scheme)
	_ = v1alpha1.AddToScheme(scheme)
	api := fake.NewClientBuilder().WithScheme(scheme).WithStatusSubresource(&v1alpha1.Workflow{}, &v1alpha1.WorkflowNode{}, &v1alpha1.StatusCheck{}).Build()
	if err := api.Create(ctx, object); err != nil {
		return nil, err
	}

	var events []event
	alive := map[string]bool{}
	pass := newPass(api)
	for since() < in.Lasts {
		for _, panicked := range pass(ctx) {
			events = append(events, event{since(), "panic: " + panicked, true})
		}
		now, err := running(ctx, api)
		if err != nil {
			return nil, err
		}
		events = append(events, changes(alive, now, since())...)
		alive = now
		time.Sleep(10 * time.Millisecond)
	}
	return events, nil
}

// The Workflow that the Schedule's reconciler would make, past the webhooks of both.
func (in scenario) workflow(ctx context.Context, url string) (*v1alpha1.Workflow, error) {
	schedule := &v1alpha1.Schedule{}
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(in.Schedule), in.SloGate, url)), schedule); err != nil {
		return nil, err
	}
	if _, err := schedule.Validate(schedule); err != nil {
		return nil, err
	}
	object, err := schedule.Spec.ScheduleItem.SpawnNewObject(schedule.Spec.Type)
	if err != nil {
		return nil, err
	}
	result := object.(*v1alpha1.Workflow)
	result.Name, result.Namespace, result.Annotations = schedule.Name+"-abcde", schedule.Namespace, in.Annotations
	for _, template := range result.Spec.Templates {
		if template.StatusCheck != nil {
			template.StatusCheck.RecordsHistoryLimit = 100 // the CRD's default
		}
	}
	_, err = result.ValidateCreate(ctx, result)
	return result, err
}

// One look of every reconciler at every object of its kind; returns what panicked.
func newPass(api client.Client) func(context.Context) []string {
	log, events := logr.Discard(), recorder.NewDebugRecorder()
	manager := statuscheck.NewManager(log, events, func(log logr.Logger, check v1alpha1.StatusCheck) (statuscheck.Executor, error) {
		return statuscheckhttp.NewExecutor(log, check.Spec.TimeoutSeconds, *check.Spec.HTTPStatusCheck), nil
	})
	kinds := []struct {
		list        client.ObjectList
		reconcilers []reconcile.Reconciler
	}{
		{&v1alpha1.WorkflowList{}, []reconcile.Reconciler{workflow.NewWorkflowEntryReconciler(api, events, log), workflow.NewAbortWorkflowReconciler(api, events, log)}},
		{&v1alpha1.WorkflowNodeList{}, []reconcile.Reconciler{
			workflow.NewSerialNodeReconciler(api, events, log), workflow.NewParallelNodeReconciler(api, events, log), workflow.NewDeadlineReconciler(api, events, log),
			workflow.NewChaosNodeReconciler(api, events, log), workflow.NewStatusCheckReconciler(api, events, log), workflow.NewAbortNodeReconciler(api, events, log),
		}},
		{&v1alpha1.StatusCheckList{}, []reconcile.Reconciler{statuscheck.NewReconciler(log, api, events, manager)}},
	}
	return func(ctx context.Context) (panics []string) {
		for _, kind := range kinds {
			list := kind.list.DeepCopyObject().(client.ObjectList)
			if api.List(ctx, list) != nil {
				continue
			}
			for _, key := range keys(list) {
				for _, reconciler := range kind.reconcilers {
					if panicked := guarded(ctx, reconciler, key); panicked != "" {
						panics = append(panics, panicked)
					}
				}
			}
		}
		return panics
	}
}

func guarded(ctx context.Context, reconciler reconcile.Reconciler, key client.ObjectKey) (panicked string) {
	defer func() {
		if reason := recover(); reason != nil {
			panicked = fmt.Sprint(reason)
		}
	}()
	_, _ = reconciler.Reconcile(ctx, ctrl.Request{NamespacedName: key}) // conflicts: the next pass comes soon
	return ""
}

func keys(list client.ObjectList) (result []client.ObjectKey) {
	switch items := list.(type) {
	case *v1alpha1.WorkflowList:
		for i := range items.Items {
			result = append(result, client.ObjectKeyFromObject(&items.Items[i]))
		}
	case *v1alpha1.WorkflowNodeList:
		for i := range items.Items {
			result = append(result, client.ObjectKeyFromObject(&items.Items[i]))
		}
	case *v1alpha1.StatusCheckList:
		for i := range items.Items {
			result = append(result, client.ObjectKeyFromObject(&items.Items[i]))
		}
	}
	return result
}

// What goes on: templates by name, faults by kind and their own name.
func running(ctx context.Context, api client.Client) (map[string]bool, error) {
	now := map[string]bool{}
	nodes, network, pods := v1alpha1.WorkflowNodeList{}, v1alpha1.NetworkChaosList{}, v1alpha1.PodChaosList{}
	for _, list := range []client.ObjectList{&nodes, &network, &pods} {
		if err := api.List(ctx, list); err != nil {
			return nil, err
		}
	}
	for _, node := range nodes.Items {
		if !workflow.WorkflowNodeFinished(node.Status) {
			now[node.Spec.TemplateName] = true
		}
	}
	for _, item := range network.Items {
		now["NetworkChaos "+item.Name] = true
	}
	for _, item := range pods.Items {
		now["PodChaos "+item.Name] = true
	}
	return now, nil
}

func changes(before, after map[string]bool, at float64) (events []event) {
	for name := range before {
		if !after[name] {
			events = append(events, event{at, name, false})
		}
	}
	for name := range after {
		if !before[name] {
			events = append(events, event{at, name, true})
		}
	}
	sort.Slice(events, func(a, b int) bool { return events[a].What < events[b].What })
	return events
}
