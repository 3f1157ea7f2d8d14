package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	storageClass  = "local-path"
	provisioner   = "rancher.io/local-path"
	provisionedBy = "pv.kubernetes.io/provisioned-by"
	selectedNode  = "volume.kubernetes.io/selected-node"
)

// provisionVolumes makes the volumes of class local-path, each a folder of the node, and takes them away again.
func (c *cluster) provisionVolumes(ctx context.Context, s *server) {
	fromCache := metav1.ListOptions{ResourceVersion: "0"}
	for sleep(ctx, time.Second) == nil {
		claims, err := c.client.CoreV1().PersistentVolumeClaims("").List(ctx, fromCache)
		if err != nil {
			continue
		}
		for _, claim := range claims.Items {
			if wantsVolume(&claim) {
				if err := c.createVolume(ctx, s, &claim); err != nil && !apierrors.IsAlreadyExists(err) {
					warnf("volume for %s/%s: %v", claim.Namespace, claim.Name, err)
				}
			}
		}
		volumes, err := c.client.CoreV1().PersistentVolumes().List(ctx, fromCache)
		if err != nil {
			continue
		}
		for _, volume := range volumes.Items {
			if isLeft(&volume) {
				c.deleteVolume(ctx, s, &volume)
			}
		}
	}
}

func wantsVolume(claim *corev1.PersistentVolumeClaim) bool {
	return claim.Status.Phase == corev1.ClaimPending && claim.Spec.VolumeName == "" && claim.DeletionTimestamp == nil &&
		claim.Spec.StorageClassName != nil && *claim.Spec.StorageClassName == storageClass &&
		claim.Annotations[selectedNode] != ""
}

func isLeft(volume *corev1.PersistentVolume) bool {
	return volume.Annotations[provisionedBy] == provisioner && volume.Status.Phase == corev1.VolumeReleased &&
		volume.DeletionTimestamp == nil && volume.Spec.HostPath != nil &&
		volume.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimDelete
}

func (c *cluster) createVolume(ctx context.Context, s *server, claim *corev1.PersistentVolumeClaim) error {
	name := "pvc-" + string(claim.UID)
	dir := filepath.Join(s.path("storage"), name+"_"+claim.Namespace+"_"+claim.Name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := os.Chmod(s.path("storage"), 0o711); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o777); err != nil { // for pods of any user, whatever the umask
		return err
	}
	_, err := c.client.CoreV1().PersistentVolumes().Create(ctx, &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: provisioner}},
		Spec: corev1.PersistentVolumeSpec{
			AccessModes: claim.Spec.AccessModes,
			Capacity:    corev1.ResourceList{corev1.ResourceStorage: claim.Spec.Resources.Requests[corev1.ResourceStorage]},
			ClaimRef: &corev1.ObjectReference{APIVersion: "v1", Kind: "PersistentVolumeClaim",
				Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID},
			PersistentVolumeReclaimPolicy: corev1.PersistentVolumeReclaimDelete,
			StorageClassName:              storageClass,
			PersistentVolumeSource:        corev1.PersistentVolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: dir}},
			NodeAffinity: &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{
				NodeSelectorTerms: []corev1.NodeSelectorTerm{{MatchExpressions: []corev1.NodeSelectorRequirement{{
					Key: "kubernetes.io/hostname", Operator: corev1.NodeSelectorOpIn, Values: []string{s.nodeName}}}}}}},
		},
	}, metav1.CreateOptions{})
	return err
}

func (c *cluster) deleteVolume(ctx context.Context, s *server, volume *corev1.PersistentVolume) {
	if !strings.HasPrefix(volume.Spec.HostPath.Path, s.path("storage")+"/") {
		return
	}
	if err := os.RemoveAll(volume.Spec.HostPath.Path); err != nil {
		warnf("volume %s: %v", volume.Name, err)
		return
	}
	_ = c.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, metav1.DeleteOptions{}) // again in a second
}
