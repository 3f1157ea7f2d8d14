{{/* The name of what the release has once. */}}
{{- define "sparkapp-operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride }}
{{- else if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | replace "." "-" | trunc 45 | trimSuffix "-" }}
{{- else if hasPrefix (print .Release.Name "-") .Chart.Name -}}
{{ .Chart.Name }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | replace "." "-" | trunc 45 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{/* The names of what belongs to no namespace: unique for a release, for neither part has a dot. Lint knows no namespace. */}}
{{- define "sparkapp-operator.clusterName" -}}
{{ printf "%s.%s" (include "sparkapp-operator.fullname" .) .Release.Namespace | trimSuffix "." }}
{{- end -}}

{{/* What drivers may do. */}}
{{- define "sparkapp-operator.driverClusterRole" -}}
{{ printf "%s-driver.%s" (include "sparkapp-operator.fullname" .) .Release.Namespace | trimSuffix "." }}
{{- end -}}

{{/* What drivers outside of the cluster may do. */}}
{{- define "sparkapp-operator.clientClusterRole" -}}
{{ printf "%s-client.%s" (include "sparkapp-operator.fullname" .) .Release.Namespace | trimSuffix "." }}
{{- end -}}

{{/* Whom applications may name as their user. */}}
{{- define "sparkapp-operator.usersPolicy" -}}
{{ printf "%s-users.%s" (include "sparkapp-operator.fullname" .) .Release.Namespace | trimSuffix "." }}
{{- end -}}

{{/* What the operator may do in jobNamespaces. */}}
{{- define "sparkapp-operator.jobsClusterRole" -}}
{{ printf "%s-jobs.%s" (include "sparkapp-operator.fullname" .) .Release.Namespace | trimSuffix "." }}
{{- end -}}

{{- define "sparkapp-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sparkapp
{{- end -}}

{{/* Takes (dict "root" $ "component" "operator"). */}}
{{- define "sparkapp-operator.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Takes (dict "root" $ "role" "operator"). */}}
{{- define "sparkapp-operator.image" -}}
{{- $all := .root.Values.image -}}
{{- $image := index $all .role -}}
{{- $repository := $image.repository | default (list $all.repositoryPrefix .role | compact | join "/") -}}
{{- $name := list $all.registry $repository | compact | join "/" -}}
{{- if $image.digest -}}
{{ printf "%s@%s" $name $image.digest }}
{{- else -}}
{{ printf "%s:%s" $name ($image.tag | default $all.tag | default .root.Chart.AppVersion) }}
{{- end -}}
{{- end -}}

{{/* What Pod Security "restricted" asks of a pod. 185 is Spark's user in all images. */}}
{{- define "sparkapp-operator.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 185
runAsGroup: 185
fsGroup: 185
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* What Pod Security "restricted" asks of a container, and no writing beside the volumes. */}}
{{- define "sparkapp-operator.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Where helm test runs its application. */}}
{{- define "sparkapp-operator.testNamespace" -}}
{{ .Values.test.namespace | default (first .Values.jobNamespaces) | default .Release.Namespace }}
{{- end -}}
