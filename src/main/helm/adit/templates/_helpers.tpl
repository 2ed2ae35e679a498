{{/* The name of the release's objects: that of the release, and "adit" in it. */}}
{{- define "adit.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains "adit" .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}{{ printf "%s-adit" .Release.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "adit.labels" -}}
{{ include "adit.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Adit finds its own pods by the name: to publish their nodes, and for the Services of Gateways. */}}
{{- define "adit.selectorLabels" -}}
app.kubernetes.io/name: adit
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "adit.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "adit.fullname" .) }}
{{- else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "adit.image" -}}
{{- $registry := .Values.global.systemDefaultRegistry | default .Values.image.registry }}
{{- with $registry }}{{ trimSuffix "/" . }}/{{ end }}{{ .Values.image.repository }}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Where the published addresses come from: service, nodes, addresses or none. */}}
{{- define "adit.publish" -}}
{{- if ne .Values.publish.from "auto" }}{{ .Values.publish.from }}
{{- else if and .Values.service.enabled (eq .Values.service.type "LoadBalancer") }}service
{{- else if or .Values.hostPort.enabled .Values.hostNetwork (and .Values.service.enabled (eq .Values.service.type "NodePort")) }}nodes
{{- else }}none{{ end }}
{{- end }}

{{/* The name of what is not in a namespace: two releases of one name do not meet. */}}
{{- define "adit.clusterName" -}}
{{- printf "%s-%s" (include "adit.fullname" .) .Release.Namespace | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Whether Adit writes statuses: on or off. YAML takes these for true and false. */}}
{{- define "adit.status" -}}
{{- if has (toString (get (.Values.config | default dict) "status")) (list "off" "false") }}off{{ else }}on{{ end }}
{{- end }}

{{/* Where Gateways are reached: service or shared. */}}
{{- define "adit.gatewayAddresses" -}}
{{- if .Values.gateway.addresses }}{{ .Values.gateway.addresses }}
{{- else if and (eq .Values.kind "Deployment") (eq (include "adit.publish" .) "service")
                (not .Values.watchNamespace) (eq (include "adit.status" .) "on") }}service
{{- else }}shared{{ end }}
{{- end }}

{{/* What adit serve is told. */}}
{{- define "adit.args" -}}
{{- $publish := include "adit.publish" . }}
{{- $gateway := include "adit.gatewayAddresses" . }}
- serve
{{- if eq $publish "service" }}
- --publish-service={{ .Release.Namespace }}/{{ include "adit.fullname" . }}
{{- else if eq $publish "nodes" }}
- --publish-nodes
{{- else if eq $publish "addresses" }}
- --publish-address={{ join "," .Values.publish.addresses }}
{{- end }}
{{- if eq $gateway "service" }}
- --gateway-addresses=service
{{- end }}
{{- if ne .Values.ingressClass.name "adit" }}
- --ingress-class={{ .Values.ingressClass.name }}
{{- end }}
{{- if ne (include "adit.secrets" .) "watch" }}
- --secrets={{ include "adit.secrets" . }}
{{- end }}
{{- with .Values.watchNamespace }}
- {{ printf "--watch-namespace=%s" . | quote }}
{{- end }}
{{- if .Values.ingressNginx.enabled }}
- --ingress-nginx
{{- with .Values.ingressNginx.configMap }}
- --configmap={{ . }}
{{- end }}
{{- if .Values.ingressNginx.watchIngressWithoutClass }}
- --watch-ingress-without-class
{{- end }}
{{- end }}
{{- if .Values.tcp }}
- --tcp-services-configmap={{ .Release.Namespace }}/{{ include "adit.fullname" . }}-tcp
{{- end }}
{{- if .Values.state.enabled }}
- --state-dir=/var/lib/adit
- --state-key=/etc/adit/state/key
{{- end }}
{{- if .Values.ticketKeysSecret }}
- --ticket-keys=/etc/adit/tickets/keys
{{- end }}
{{- if .Values.managementTokenSecret }}
- --management-token-file=/etc/adit/management/token
{{- end }}
{{- range $name, $value := .Values.config | default dict }}
{{- if and (kindIs "bool" $value) (has $name (list "status" "statistics" "access-log")) }}
{{- /* YAML takes on and off for true and false. */}}
- {{ printf "--%s=%s" $name (ternary "on" "off" $value) | quote }}
{{- else if kindIs "bool" $value }}
{{- if $value }}
- {{ printf "--%s" $name | quote }}
{{- end }}
{{- else if kindIs "slice" $value }}
- {{ printf "--%s=%s" $name (join "," $value) | quote }}
{{- else if and (kindIs "float64" $value) (eq (floor $value) $value) }}
- {{ printf "--%s=%d" $name (int64 $value) | quote }}
{{- else }}
- {{ printf "--%s=%s" $name (toString $value) | quote }}
{{- end }}
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* One namespace has no use for the permission to list its Secrets. */}}
{{- define "adit.secrets" -}}
{{- if .Values.watchNamespace }}get{{ else }}{{ .Values.rbac.secrets }}{{ end }}
{{- end }}

{{- define "adit.httpPort" -}}{{ get (.Values.config | default dict) "http-port" | default 8080 | int }}{{- end }}
{{- define "adit.httpsPort" -}}{{ get (.Values.config | default dict) "https-port" | default 8443 | int }}{{- end }}
{{- define "adit.managementPort" -}}{{ get (.Values.config | default dict) "management-port" | default 9000 | int }}{{- end }}

{{- define "adit.probe" -}}
httpGet: {path: /q/health/{{ .path }}, port: management, scheme: HTTP}
timeoutSeconds: 10
{{- end }}

{{/* What would not work, in a sentence. */}}
{{- define "adit.validate" -}}
{{- if and (eq (include "adit.publish" .) "service") (not .Values.service.enabled) }}
{{- fail "publish.from is service, and service.enabled is false: there is no Service whose addresses could be published. Use publish.from: nodes." }}
{{- end }}
{{- if and (eq (include "adit.publish" .) "service") (ne .Values.service.type "LoadBalancer") }}
{{- fail (printf "publish.from is service, and a Service of type %s has no addresses to publish. Use publish.from: nodes or addresses." .Values.service.type) }}
{{- end }}
{{- $ports := list (include "adit.httpPort" .) (include "adit.httpsPort" .) (include "adit.managementPort" .) }}
{{- if ne (len (uniq $ports)) 3 }}
{{- fail (printf "http-port, https-port and management-port of config are %s. They have to differ." (join ", " $ports)) }}
{{- end }}
{{- range $port, $_ := .Values.tcp }}
{{- if has (toString $port) $ports }}
{{- fail (printf "port %s of tcp serves something else: it is http-port, https-port or management-port of config. Use another one." $port) }}
{{- end }}
{{- end }}
{{- if and .Values.ingressNginx.enabled .Values.ingressNginx.ingressClass.create .Values.ingressClass.create (eq .Values.ingressNginx.ingressClass.name .Values.ingressClass.name) }}
{{- fail (printf "ingressClass.name and ingressNginx.ingressClass.name are both %s. They are classes of different controllers." .Values.ingressClass.name) }}
{{- end }}
{{- if and (eq (include "adit.publish" .) "addresses") (not .Values.publish.addresses) }}
{{- fail "publish.from is addresses, and publish.addresses is empty. Name the addresses, for example [192.0.2.1]." }}
{{- end }}
{{- if and .Values.state.enabled (not .Values.state.keySecret) }}
{{- fail "state.enabled needs state.keySecret, the name of a Secret with 32 random bytes under \"key\": kubectl create secret generic adit-state --from-literal=key=\"$(openssl rand -base64 48)\"" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (ne .Values.kind "Deployment") }}
{{- fail "autoscaling.enabled is for kind: Deployment only. A DaemonSet has a pod on every node." }}
{{- end }}
{{- if and (eq (include "adit.gatewayAddresses" .) "service") (eq (include "adit.status" .) "off") }}
{{- fail "gateway.addresses is service, and config.status is off: nobody would be told the addresses of Gateways. Use gateway.addresses: shared." }}
{{- end }}
{{- if and (eq (include "adit.gatewayAddresses" .) "service") .Values.watchNamespace }}
{{- fail "gateway.addresses is service, and watchNamespace is set: Adit would need permissions outside of that namespace. Use gateway.addresses: shared." }}
{{- end }}
{{- if and .Values.hostPort.enabled .Values.hostNetwork }}
{{- fail "hostPort.enabled and hostNetwork exclude each other. With hostNetwork, set http-port and https-port of config." }}
{{- end }}
{{- if and .Values.ingressNginx.watchIngressWithoutClass (not .Values.ingressNginx.enabled) }}
{{- fail "ingressNginx.watchIngressWithoutClass needs ingressNginx.enabled." }}
{{- end }}
{{- end }}
