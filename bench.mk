# What is measured, and not tested: each target takes minutes to hours, and wants a machine that does nothing else.
# What is measured is the default build: `make native` first, where target/adit is of another kind.
MINUTES ?= 1
ROUNDS ?= 9

.PHONY: bench
bench: $(BINARY) | $(JAR) ## the cost of a request beside the peers that are here: docs/benchmarks.md (ROUNDS=5; SCENARIOS=gRPC to print some alone)
	TRAEFIK="$$(native-tests/testbed/traefik)" ENVOY="$$(native-tests/testbed/envoy)" $(MVN) -q -f native-tests/pom.xml test-compile exec:java \
	  -Dexec.mainClass=dev.adit.bench.cost.Bench -Dexec.args="$(ROUNDS) '$(SCENARIOS)'"

.PHONY: footprint
footprint: image-root | $(JAR) ## size, start and memory beside the peers that are here: docs/footprint.md (MINUTES=10 of load; SUBJECTS=Adit-native,Traefik to print those alone)
	TRAEFIK="$$(native-tests/testbed/traefik)" $(MVN) -q -f native-tests/pom.xml test-compile exec:java \
	  -Dexec.mainClass=dev.adit.bench.footprint.Footprint -Dexec.args="$(MINUTES) $(ROUNDS) $(SUBJECTS)"

.PHONY: never-drop
never-drop: image-root | $(JAR) ## rollouts, outages and restorations under load, 100,000 requests each: the table of docs/never-drop.md
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native -Doutage.seconds=$(or $(OUTAGE),600) \
	  -Dexec.mainClass=dev.adit.neverdrop.NeverDrop \
	  -Dexec.args="$(or $(SCENARIOS),BACKEND_ROLLOUT=10 OWN_ROLLOUT=5 LEADER_DELETED=2 API_SERVER_AWAY=1 STORE_RESTORED=2)"

.PHONY: edits
edits: image-root | $(JAR) ## 500 edits of routes with 1,000 tunnels and 10 streams open, 100 rotations of a certificate
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native -Dexec.mainClass=dev.adit.neverdrop.Edits -Dexec.args="1000 10 500 100 100000"

.PHONY: propagation
propagation: image-root | $(JAR) ## how long a change takes until it is served, with 10,000 routes; and a storm of 1,000 events a second
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native -Dexec.mainClass=dev.adit.neverdrop.Propagation -Dexec.args="10000 500 1000"

.PHONY: gateway-conformance
gateway-conformance: image-root | $(JAR) ## the conformance suite of the Gateway API on the native executable: docs/conformance
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native -Dexec.mainClass=dev.adit.gateway.GatewayConformance \
	  -Dexec.args="docs/conformance/experimental-default-report.yaml $(or $(VERSION),main) $(ARGUMENTS)"

.PHONY: gateway-edits
gateway-edits: image-root | $(JAR) ## listeners that come and go, rotations, a route that moves between Gateways, under load: 100,000 requests
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native -Dexec.mainClass=dev.adit.gateway.GatewayEdits -Dexec.args="20 100000"

.PHONY: gateway-churn
gateway-churn: image-root | $(JAR) ## 5,000 HTTPRoutes of which one changes each second, under load, and Traefik with the same
	TRAEFIK="$$(native-tests/testbed/traefik)" $(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native \
	  -Dexec.mainClass=dev.adit.gateway.GatewayChurn -Dexec.args="5000 100"

.PHONY: floods
floods: image-root | $(JAR) ## slow heads, and the floods of HTTP/2 that have a CVE: what those notice who mean well
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native -Dexec.mainClass=dev.adit.neverdrop.Floods -Dexec.args=20

.PHONY: soak
soak: image-root | $(JAR) ## load and change on a control plane, and what Adit holds meanwhile (MINUTES=60)
	$(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=native \
	  -Dexec.mainClass=dev.adit.soak.Soak -Dexec.args=$(if $(filter file,$(origin MINUTES)),60,$(MINUTES))

# For the JVM build: the executable is made without the detector. Maven takes the variable, too.
.PHONY: leaks
leaks: $(JAR) ## the soak with Netty's leak detector at its most thorough (MINUTES=10)
	JAVA_TOOL_OPTIONS=-Dio.netty.leakDetection.level=paranoid $(MVN) -q -f native-tests/pom.xml test-compile exec:java -Dsubject=jvm \
	  -Dexec.mainClass=dev.adit.soak.Soak -Dexec.args=$(if $(filter file,$(origin MINUTES)),10,$(MINUTES))

.PHONY: coexist
coexist: image-root | $(JAR) ## ten minutes beside a Traefik in one cluster (SECONDS_LONG=600)
	$(MVN) -f native-tests/pom.xml verify -Dsubject=native -Dtest=CoexistenceTest -Dcoexist.seconds=$(or $(SECONDS_LONG),600)
