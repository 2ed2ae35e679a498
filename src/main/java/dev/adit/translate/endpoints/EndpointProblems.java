package dev.adit.translate.endpoints;

import dev.adit.kube.AddressSyntax;
import dev.adit.kube.Bounds;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Service;
import dev.adit.translate.Problems;
import java.util.Map;

/** Says what is wrong with a Service that is in use, and with its slices. */
public final class EndpointProblems {
    private final Objects objects;
    private final Problems problems;

    public EndpointProblems(Objects objects, Problems problems) {
        this.objects = objects;
        this.problems = problems;
    }

    /** Of one Service. */
    public void find(ObjectKey key) {
        objects.find(Service.KIND, key).ifPresent(this::service);
        var endpoints = 0;
        for (var slice : objects.slicesOf(key)) {
            endpoints += slice.endpoints().size();
            try {
                slice(slice);
            } catch (Throwable e) {
                unreadable(slice.key(), e);
            }
        }
        if (endpoints > Bounds.ENDPOINTS) {
            var message = "has %d endpoints, and only %d of them are used, shared by its ports; split the Service"
                    .formatted(endpoints, Bounds.ENDPOINTS);
            problems.add(new Problem("Service", key, "", "endpoints", Reason.TOO_LARGE, message));
        }
    }

    /** Of slices that could not be looked at. */
    public void unreadable(Map<ObjectKey, Throwable> slices) {
        slices.forEach(this::unreadable);
    }

    private void unreadable(ObjectKey slice, Throwable cause) {
        problems.add(Problem.unreadable("EndpointSlice", slice, "", cause, "Its endpoints get no request"));
    }

    private void service(Service service) {
        if (service.ports().size() > Bounds.SERVICE_PORTS) {
            var message = "has %d ports, and only the first %d are used; split it"
                    .formatted(service.ports().size(), Bounds.SERVICE_PORTS);
            problems.add(new Problem("Service", service.key(), "", "spec.ports", Reason.TOO_LARGE, message));
        }
        for (var i = 0; i < Math.min(service.ports().size(), Bounds.SERVICE_PORTS); i++) {
            var number = service.ports().get(i).number();
            if (!Bounds.isPort(number)) {
                refuse("Service", service.key(), "spec.ports[" + i + "].port", number);
            }
        }
    }

    private void slice(EndpointSlice slice) {
        for (var i = 0; i < slice.ports().size(); i++) {
            var port = slice.ports().get(i);
            if (!port.equals(EndpointSlice.Port.UNRESTRICTED) && !Bounds.isPort(port.number())) {
                refuse("EndpointSlice", slice.key(), "ports[" + i + "].port", port.number());
            }
        }
        for (var i = 0; i < slice.endpoints().size(); i++) {
            for (var address : slice.endpoints().get(i).addresses()) {
                if (!AddressSyntax.isAddress(address)) {
                    var message = "'" + address + "' is not an IP address; this endpoint is skipped";
                    var field = "endpoints[" + i + "].addresses";
                    problems.add(new Problem("EndpointSlice", slice.key(), "", field, Reason.ADDRESS_INVALID, message));
                }
            }
        }
    }

    private void refuse(String kind, ObjectKey key, String field, int number) {
        var message = number + " is not a valid port; its endpoints are skipped. Use a number from 1 to 65535";
        problems.add(new Problem(kind, key, "", field, Reason.PORT_INVALID, message));
    }
}
