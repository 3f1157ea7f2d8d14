package main

import "context"

const rbac = "rbac.authorization.k8s.io"

// addons adds what a cluster of k3s has, and Kubernetes alone has not: DNS and a class of storage.
func (c *cluster) addons(ctx context.Context, s *server) error {
	if !s.disabled("coredns") {
		if err := c.dns(ctx, s); err != nil {
			return err
		}
	}
	if s.disabled("local-storage") {
		return nil
	}
	err := c.apply(ctx, "/apis/storage.k8s.io/v1/storageclasses/"+storageClass, object{
		"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
		"metadata": object{"name": storageClass,
			"annotations": object{"storageclass.kubernetes.io/is-default-class": "true"}},
		"provisioner": provisioner, "volumeBindingMode": "WaitForFirstConsumer", "reclaimPolicy": "Delete"})
	if err != nil {
		return err
	}
	go c.provisionVolumes(ctx, s)
	return nil
}

func (c *cluster) dns(ctx context.Context, s *server) error {
	// CoreDNS runs outside of pods: its service has no selector, and an EndpointSlice that is written here.
	ports := []object{{"name": "dns", "port": 53, "protocol": "UDP"}, {"name": "dns-tcp", "port": 53, "protocol": "TCP"}}
	for path, o := range map[string]object{
		"/apis/" + rbac + "/v1/clusterroles/system:coredns": {
			"apiVersion": rbac + "/v1", "kind": "ClusterRole", "metadata": object{"name": "system:coredns"},
			"rules": []object{
				{"apiGroups": []string{""}, "resources": []string{"services", "pods", "namespaces"}, "verbs": []string{"list", "watch"}},
				{"apiGroups": []string{""}, "resources": []string{"nodes"}, "verbs": []string{"get"}},
				{"apiGroups": []string{"discovery.k8s.io"}, "resources": []string{"endpointslices"}, "verbs": []string{"list", "watch"}},
			}},
		"/apis/" + rbac + "/v1/clusterrolebindings/system:coredns": {
			"apiVersion": rbac + "/v1", "kind": "ClusterRoleBinding", "metadata": object{"name": "system:coredns"},
			"roleRef":  object{"apiGroup": rbac, "kind": "ClusterRole", "name": "system:coredns"},
			"subjects": []object{{"apiGroup": rbac, "kind": "User", "name": "system:coredns"}}},
		"/api/v1/namespaces/kube-system/services/kube-dns": {
			"apiVersion": "v1", "kind": "Service",
			"metadata": object{"name": "kube-dns", "namespace": "kube-system",
				"labels": object{"k8s-app": "kube-dns", "kubernetes.io/name": "CoreDNS"}},
			"spec": object{"clusterIP": clusterDNS, "ports": ports}},
		"/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/kube-dns": {
			"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
			"metadata": object{"name": "kube-dns", "namespace": "kube-system", "labels": object{
				"kubernetes.io/service-name": "kube-dns", "endpointslice.kubernetes.io/managed-by": "kubelite"}},
			"ports":     ports,
			"endpoints": []object{{"addresses": []string{s.nodeIP}, "conditions": object{"ready": true}}}},
	} {
		if err := c.apply(ctx, path, o); err != nil {
			return err
		}
	}
	return s.startCoreDNS()
}
