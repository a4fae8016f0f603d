package org.controlroom.registry.mlflow;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.controlroom.core.json.Json;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** What an answer that is an error means to us. */
final class ServerErrors {

    private static final int MAX_SHOWN = 300;

    private final String address;

    ServerErrors(String address) {
        this.address = address;
    }

    /** No answer at all. */
    ControlRoomException unreachable(String what, Throwable cause) {
        Throwable deepest = cause;
        String todo = "";
        for (Throwable each = cause; each != null && each != each.getCause(); each = each.getCause()) {
            deepest = each;
            todo = todo.isEmpty() ? whatToDo(each) : todo;
        }
        return unavailable(what + ": MLflow at " + address + " did not answer: " + inWords(cause, deepest) + todo);
    }

    /** People read it who know no class names of Java. */
    private static String inWords(Throwable cause, Throwable deepest) {
        for (Throwable each = cause; each != null && each != each.getCause(); each = each.getCause()) {
            if (each instanceof UnknownHostException || each instanceof UnresolvedAddressException) {
                return "there is no host of this name";
            } else if (each instanceof NoRouteToHostException) {
                return "there is no way to it in the network";
            } else if (each instanceof ConnectException) {
                return "nothing takes connections there";
            } else if (each instanceof HttpTimeoutException || each instanceof SocketTimeoutException) {
                return "it took too long";
            } else if (each instanceof SocketException || each instanceof EOFException) {
                return "it ended the connection";
            }
        }
        String why = deepest.getMessage();
        return why == null ? "the connection failed" : why;
    }

    /** Empty when nothing can be done here. */
    private static String whatToDo(Throwable failure) {
        if (failure instanceof CertPathBuilderException || failure instanceof CertPathValidatorException) {
            return "; its certificate is not known: set controlroom.mlflow.certificate to a PEM file with it, or with"
                    + " that of who issued it";
        }
        String why = String.valueOf(failure.getMessage());
        if (failure instanceof SSLPeerUnverifiedException
                || (failure instanceof CertificateException && why.contains("subject alternative"))) {
            return "; its certificate is for another name: set controlroom.mlflow.uri to a name that it has";
        }
        if (failure instanceof SSLException && why.contains("Unsupported or unrecognized SSL message")) {
            return "; it does not speak TLS: set controlroom.mlflow.uri to http://";
        }
        return "";
    }

    ControlRoomException late(String what, long millis) {
        return unavailable(what + ": MLflow at " + address + " did not answer within " + millis + " ms");
    }

    /** An answer that no MLflow gives, for example the page of a proxy in front of it. */
    ControlRoomException strange(String what, Throwable cause) {
        return unavailable(what + ": " + address + " does not answer as MLflow does (" + cause.getMessage()
                + "); set controlroom.mlflow.uri to an MLflow server");
    }

    /** An answer with a status above 399. */
    ControlRoomException refusal(String what, int status, String body) {
        String code = field(body, "error_code");
        String message = what + ": MLflow at " + address + " answered " + status + " "
                + shown(code.isEmpty() ? body : field(body, "message"));
        if (status == 401 || status == 403) {
            message += "; set controlroom.mlflow.user and controlroom.mlflow.password, or controlroom.mlflow.token";
        }
        return new ControlRoomException(ourCode(code), message);
    }

    /** Whether MLflow itself says that it has no such thing, and not that it has no such route. */
    static boolean isNotFound(String body) {
        return field(body, "error_code").equals("RESOURCE_DOES_NOT_EXIST");
    }

    private static ErrorCode ourCode(String code) {
        return switch (code) {
            case "RESOURCE_DOES_NOT_EXIST" -> ErrorCode.NOT_FOUND;
            case "RESOURCE_ALREADY_EXISTS" -> ErrorCode.CONFLICT;
            case "INVALID_PARAMETER_VALUE", "BAD_REQUEST" -> ErrorCode.INVALID_INPUT;
            default -> ErrorCode.REGISTRY_UNAVAILABLE;
        };
    }

    private static String field(String body, String name) {
        try {
            return Json.parse(body).get(name).text();
        } catch (ControlRoomException e) {
            return "";
        }
    }

    private static String shown(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + '…' : line;
    }

    private static ControlRoomException unavailable(String message) {
        return new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, message);
    }
}
