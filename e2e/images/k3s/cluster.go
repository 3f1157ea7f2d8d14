package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// cluster is the running API server, seen by its administrator.
type cluster struct {
	client *kubernetes.Clientset
}

// object is one of JSON's or YAML's.
type object = map[string]any

func (s *server) connect() (*cluster, error) {
	config, err := clientcmd.BuildConfigFromFlags("", s.kubeconfig("admin"))
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 50, 100
	config.WarningHandler = rest.NoWarnings{}
	client, err := kubernetes.NewForConfig(config)
	return &cluster{client}, err
}

// poll asks until done is true or the timeout is over; an error is only told when it is.
func poll(ctx context.Context, what string, timeout time.Duration, done func() (bool, error)) error {
	deadline := time.Now().Add(timeout)
	for {
		ok, err := done()
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s: not within %s (last error: %v)", what, timeout, err)
		}
		if err := sleep(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func (c *cluster) waitAPIServer(ctx context.Context) error {
	return poll(ctx, "API server", 3*time.Minute, func() (bool, error) {
		request, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		answer, err := c.client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(request)
		return err == nil && string(answer) == "ok", err
	})
}

func (c *cluster) waitNode(ctx context.Context, s *server) error {
	return poll(ctx, "node", 2*time.Minute, func() (bool, error) {
		node, err := c.client.CoreV1().Nodes().Get(ctx, s.nodeName, metav1.GetOptions{})
		if err != nil {
			return false, err
		}
		if err := c.labelNode(ctx, node); err != nil {
			return false, err
		}
		for _, condition := range node.Status.Conditions {
			if condition.Type != corev1.NodeReady {
				continue
			}
			// After a restart of the container the condition is at first what the kubelet before wrote.
			if condition.LastHeartbeatTime.Add(2 * time.Second).Before(s.started) {
				return false, fmt.Errorf("no heartbeat yet")
			}
			if condition.Status == corev1.ConditionTrue && len(node.Spec.Taints) == len(s.nodeTaints) {
				return true, nil
			}
			return false, fmt.Errorf("%s %v", condition.Message, node.Spec.Taints)
		}
		return false, nil
	})
}

// labelNode adds the labels that a kubelet may not give itself.
func (c *cluster) labelNode(ctx context.Context, node *corev1.Node) error {
	if _, ok := node.Labels["node-role.kubernetes.io/control-plane"]; ok {
		return nil
	}
	patch := `{"metadata":{"labels":{"node-role.kubernetes.io/control-plane":"true","node.kubernetes.io/instance-type":"k3s"}}}`
	_, err := c.client.CoreV1().Nodes().Patch(ctx, node.Name, types.MergePatchType, []byte(patch), metav1.PatchOptions{})
	return err
}

// waitServiceAccount waits for what the first pod of a namespace needs.
func (c *cluster) waitServiceAccount(ctx context.Context) error {
	return poll(ctx, "default service account", time.Minute, func() (bool, error) {
		if _, err := c.client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{}); err != nil {
			return false, err
		}
		_, err := c.client.CoreV1().ConfigMaps("default").Get(ctx, "kube-root-ca.crt", metav1.GetOptions{})
		return err == nil, err
	})
}

// apply is a server-side apply of one object, by its path.
func (c *cluster) apply(ctx context.Context, path string, o object) error {
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return poll(ctx, path, 30*time.Second, func() (bool, error) {
		err := c.client.RESTClient().Patch(types.ApplyPatchType).AbsPath(path).
			Param("fieldManager", "kubelite").Param("force", "true").Body(body).Do(ctx).Error()
		return err == nil, err
	})
}
