# `make` lists the targets.
SHELL := bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help

# A JDK 25 or newer: JAVA_HOME if it is one, else the newest that is installed in the usual places.
JDK := $(shell for home in "$$JAVA_HOME" $$(ls -d /usr/lib/jvm/* "$$HOME"/.sdkman/candidates/java/* "$$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null | sort -rV) "$$(dirname "$$(dirname "$$(readlink -f "$$(command -v javac)" 2>/dev/null)")" 2>/dev/null)"; do [ -x "$$home/bin/javac" ] || continue; v=$$("$$home/bin/javac" -version 2>&1 | sed -E 's/javac ([0-9]+).*/\1/'); [ "$$v" -ge 25 ] 2>/dev/null && { echo "$$home"; break; }; done)
MVN = JAVA_HOME="$(JDK)" ./mvnw -B -ntp
JAR := target/quarkus-app/quarkus-run.jar
SOURCES := pom.xml $(shell find src/main -path src/main/helm -prune -o -type f -print)
VERSION := $(shell sed -n 's/^  <version>\(.*\)<\/version>/\1/p' pom.xml)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

.PHONY: jdk
jdk:
	@[ -n "$(JDK)" ] || { echo "No JDK 25 or newer found: install one and set JAVA_HOME to it." >&2; exit 1; }

$(JAR): $(SOURCES) | jdk
	@echo "Building Adit (the first time this fetches its dependencies)..."
	@$(MVN) -q package -DskipTests 2>&1 | { grep -vE 'AnsiLogger|Adding existing' || true; }
	@touch $@

.PHONY: build
build: $(JAR) ## build the JVM artefact and the manifests in target/kubernetes

.PHONY: run
run: $(JAR) ## the demo: three applications behind one entry point, no cluster needed
	@trap : INT; "$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar $(JAR) demo || { code=$$?; [ $$code -eq 130 ] || exit $$code; } # 130: ended by Ctrl-C

.PHONY: dev
dev: jdk ## the demo with live reload of code and manifests
	@$(MVN) -q quarkus:dev

# QUICK=1 compiles without optimisation, in half the time. STATIC=1 links all of it, with musl: it runs in an empty
# file system and on any Linux, by NIO instead of epoll. MARCH names the oldest processor that the binary is for.
NATIVE_FLAGS = $(if $(QUICK),-Dnative.optimization=-Ob) $(if $(MARCH),-Dnative.march=$(MARCH)) \
	$(if $(STATIC),-Dquarkus.native.additional-build-args-append=--static$(comma)--libc=musl)
comma := ,
BINARY := target/adit

.PHONY: native
native: $(BINARY) ## build the native executable, target/adit (QUICK=1, STATIC=1, MARCH=...)

$(BINARY): $(SOURCES) | jdk
	@home=$$(JAVA_HOME="$(JDK)" src/toolchain/graalvm-home) && GRAALVM_HOME="$$home" $(MVN) package -DskipTests -Pnative $(NATIVE_FLAGS)
	@touch $@; ls -lh $@

.PHONY: jvm-aot
jvm-aot: jdk ## the JVM build with an AOT cache, target/quarkus-app/app.aot: it starts in half the time, with -XX:AOTCache=app.aot
	@$(MVN) -q package -DskipTests -Dquarkus.package.jar.type=aot-jar 2>&1 | { grep -vE 'AnsiLogger|Adding existing' || true; }
	@src/toolchain/aot-cache "$(JDK)/bin/java" target/quarkus-app

# The libraries of epoll and BoringSSL are unpacked at start and want libdl, librt and libpthread, which the executable itself does not.
.PHONY: image-root
image-root: $(BINARY) ## what the image of Dockerfile.native holds: the executable, the libraries it needs, an empty /tmp
	@rm -rf target/image-root && install -D -m 755 $(BINARY) target/image-root/adit
	@install -d target/image-root/proc target/image-root/dev && install -d -m 1777 target/image-root/tmp
	@ldd $(BINARY) | grep -oE '/[^ ]+' | while read -r lib; do \
	  case "$$lib" in */libc.so.6) echo "$${lib%libc.so.6}libdl.so.2"; echo "$${lib%libc.so.6}librt.so.1"; echo "$${lib%libc.so.6}libpthread.so.0";; esac; echo "$$lib"; \
	done | while read -r lib; do install -D -m 755 "$$(readlink -f "$$lib")" "target/image-root$$lib"; done
	@cd target/image-root && find . -type f | sort | xargs ls -lh | awk '{print $$5, $$9}'

.PHONY: image
image: image-root ## an OCI image without an engine: target/adit.oci.tar (needs buildah; COMPRESSION=zstd makes it smaller)
	@src/toolchain/oci-image target/image-root target/adit.oci.tar "$(VERSION)" "$$(git rev-parse HEAD 2>/dev/null || echo unknown)"

.PHONY: sbom
sbom: jdk ## what Adit is made of, with licences: target/adit.sbom.json (CycloneDX)
	@$(MVN) -q org.cyclonedx:cyclonedx-maven-plugin:makeBom && ls -lh target/adit.sbom.json

.PHONY: test
test: unit fuzz native-tests skipped ## every test: unit, feature, and black box against a real control plane, of both builds

.PHONY: unit
unit: jdk ## unit, golden, property, architecture and feature tests
	$(MVN) package

# What it finds is kept beside the seeds, and is an ordinary test from then on.
.PHONY: fuzz
fuzz: jdk ## 200,000 requests and as many responses of any bytes, guided by what they reach
	for test in RequestFuzzTest ResponseFuzzTest; do \
	  JAZZER_FUZZ=1 $(MVN) test -Dtest=$$test -Dsurefire.failIfNoSpecifiedTests=false || exit 1; \
	done

.PHONY: native-tests
native-tests: jdk ## black-box tests of the JVM build, and of the native one where there is a GraalVM
	@if JAVA_HOME="$(JDK)" src/toolchain/graalvm-home >/dev/null; then \
	  $(MAKE) --no-print-directory native-tests-jvm EXCLUDED=either-build && $(MAKE) --no-print-directory native-tests-native; \
	else $(MAKE) --no-print-directory native-tests-jvm && \
	  echo "SKIPPED: the black-box tests of the native executable, for want of a GraalVM" >&2; fi

# Tests of "either-build" hold for code that is the same in both builds, and take minutes: once is enough (EXCLUDED=either-build).
.PHONY: native-tests-jvm
native-tests-jvm: jdk
	@[ -f $(JAR) ] || $(MAKE) --no-print-directory build
	$(MVN) -f native-tests/pom.xml verify -Dsubject=jvm $(if $(EXCLUDED),-DexcludedGroups=$(EXCLUDED))

.PHONY: native-tests-native
native-tests-native: image-root
	@[ -f $(JAR) ] || $(MAKE) --no-print-directory build
	$(MVN) -f native-tests/pom.xml verify -Dsubject=native

# The packages come from PyPI, once; without python3-venv the build says what is missing.
.PHONY: docs
docs: ## the documentation as a site, target/site/index.html; a broken link fails
	@[ -x target/venv/bin/mkdocs ] || { python3 -m venv target/venv && target/venv/bin/pip install -q --disable-pip-version-check -r src/site/requirements.txt; }
	@NO_MKDOCS_2_WARNING=1 target/venv/bin/mkdocs build --strict -q -f src/site/mkdocs.yml && ls target/site/index.html

.PHONY: chart
chart: ## package the Helm chart into target
	@"$$(native-tests/testbed/helm/build)" package src/main/helm/adit --destination target

.PHONY: k3s
k3s: chart ## target/k3s/adit.yaml, a manifest for k3s and RKE2 that has the chart in it
	@mkdir -p target/k3s && sed "s#^  chart: .*#  chartContent: $$(base64 -w0 target/adit-$(VERSION).tgz)#" src/main/kubernetes/k3s/helmchart.yaml >target/k3s/adit.yaml && ls target/k3s/adit.yaml

.PHONY: skipped
skipped: ## what the tests left out when they ran last, and what they would need
	@src/toolchain/skipped target/surefire-reports native-tests/target/surefire-reports

.PHONY: golden
golden: jdk ## rewrite the golden files from what the translation does now
	$(MVN) test -Dtest=GoldenTest,IngressPageTest,AnnotationsPageTest,IngressNginxPageTest,ArchitecturePageTest,OptionsPageTest -Dgolden.update=true -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: format
format: jdk ## format all Java code
	$(MVN) -q spotless:apply

.PHONY: clean
clean: ## remove what was built
	rm -rf target native-tests/target

include bench.mk
