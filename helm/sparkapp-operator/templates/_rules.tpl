{{/* Where applications run. The operator's rbac.yaml has the same rules; a test compares them. */}}
{{- define "sparkapp-operator.rules.applications" -}}
# Applications are watched.
- apiGroups: [sparkapp.io]
  resources: [sparkapps]
  verbs: [get, list, watch]
# One whose time to live is over is deleted; so are runs of a schedule that are replaced, or that are too old to be kept.
- apiGroups: [sparkapp.io]
  resources: [sparkapps]
  verbs: [delete]
# Schedules are watched ...
- apiGroups: [sparkapp.io]
  resources: [scheduledsparkapps]
  verbs: [get, list, watch]
# ... and start applications.
- apiGroups: [sparkapp.io]
  resources: [sparkapps]
  verbs: [create]
# How they go is written to their status, and what is granted to that of an application's requests.
- apiGroups: [sparkapp.io]
  resources: [sparkapps/status, executorrequests/status, scheduledsparkapps/status]
  verbs: [get, patch, update]
# An attempt begins with a request and ends without it. What it asks for is the driver's to say.
- apiGroups: [sparkapp.io]
  resources: [executorrequests]
  verbs: [get, list, watch, create, delete]
# Pods, requests and the applications of a schedule name an owner whose deletion they block.
- apiGroups: [sparkapp.io]
  resources: [sparkapps/finalizers, executorrequests/finalizers, scheduledsparkapps/finalizers]
  verbs: [update]
# Drivers and executors; executors are told their driver's address by an annotation, and end with one call.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, create, patch, delete, deletecollection]
# What users' pods refer to is looked for, by name, before they are made.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get]
# The secret that the pods of one attempt share. It is never listed or watched.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create]
# Volumes for executors' shuffle files, where they are used again; they go with the attempt's request.
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get, create]
# The Leases of drivers that have no pod.
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [get, list, watch]
# What users read in kubectl describe.
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- if .Values.batchSchedulers.volcano }}
# What Volcano knows a gang of pods by; it goes with the attempt's request.
- apiGroups: [scheduling.volcano.sh]
  resources: [podgroups]
  verbs: [get, create]
{{- end }}
{{- end -}}

{{/* Queues are of the whole cluster, wherever applications run. */}}
{{- define "sparkapp-operator.rules.queues" -}}
# Queues are watched, and kept by a finalizer until nothing is charged to them any more.
- apiGroups: [sparkapp.io]
  resources: [sparkqueues]
  verbs: [get, list, watch, patch]
# What they hold is written to their status.
- apiGroups: [sparkapp.io]
  resources: [sparkqueues/status]
  verbs: [patch]
# Which queues a namespace may use is said by its labels.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
# The priority of an application in its queue.
- apiGroups: [scheduling.k8s.io]
  resources: [priorityclasses]
  verbs: [get, list, watch]
{{- if .Values.queues.readNodes }}
# What the nodes have is what is shared out, where the queue root declares no capacity.
- apiGroups: [""]
  resources: [nodes]
  verbs: [get, list, watch]
{{- end }}
{{- end -}}

{{/* For the page. */}}
{{- define "sparkapp-operator.rules.web" -}}
# Who looks at the page ...
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
# ... and what of it they may see.
- apiGroups: [authorization.k8s.io]
  resources: [subjectaccessreviews]
  verbs: [create]
{{- end -}}

{{/* At the operator's start. */}}
{{- define "sparkapp-operator.rules.start" -}}
# Whether the CRDs are there.
- apiGroups: [apiextensions.k8s.io]
  resources: [customresourcedefinitions]
  verbs: [get]
{{- end -}}

{{/* In namespaces that are not served. */}}
{{- define "sparkapp-operator.rules.elsewhere" -}}
# Applications and schedules are watched everywhere, so that one that is not served does not wait without a word.
- apiGroups: [sparkapp.io]
  resources: [sparkapps, scheduledsparkapps]
  verbs: [get, list, watch]
# Its status says which namespaces are served.
- apiGroups: [sparkapp.io]
  resources: [sparkapps/status, scheduledsparkapps/status]
  verbs: [patch]
# So does an event.
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end -}}

{{/* To prepare a namespace when its first application comes. */}}
{{- define "sparkapp-operator.rules.driverAccess" -}}
# The drivers' service account.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [create]
# Its binding ...
- apiGroups: [rbac.authorization.k8s.io]
  resources: [rolebindings]
  verbs: [create]
# ... to the drivers' ClusterRole and no other; which owns both, so that they go with it.
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  resourceNames: [{{ include "sparkapp-operator.driverClusterRole" . }}]
  verbs: [get, bind]
{{- end -}}
