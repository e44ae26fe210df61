package io.limpet.it.judge;

import java.util.List;

/**
 * What one client asks of the probe, one request after the other.
 *
 * @param name what it is about
 * @param requests as {@link Visitor#ask} takes them
 */
record Conversation(String name, List<String> requests) {

    static Conversation of(String name, String... requests) {
        return new Conversation(name, List.of(requests));
    }

    /** A part of what it has to hear, whatever is in front of the application. */
    String subject() {
        boolean byProgram = name.startsWith("a login by program") && !name.contains("flush");
        if (byProgram || name.equals("a form login")) {
            return "ishmael";
        }
        if (requests.get(0).contains("/page.jsp")) {
            return "page of session id(#1)";
        }
        if (name.contains("redirect") && !name.contains("flush") && !name.contains("6.1")) {
            return "Location: ";
        }
        if (name.equals("redirects of 6.1")) { // some versions have none
            return "attributes {a=1, b=2}";
        }
        // behind the first nine kilobytes it is too late for one
        boolean hasSession =
                !name.contains("nine kilobytes") && requests.get(0).matches("(/do\\?(.*,)?create,|/heard\\?).*state.*");
        return hasSession ? "id(#1)" : "";
    }

    /** Whether it may be told that there is no such page: a conversation about nothing is the same with any filter. */
    boolean isAboutNoPage() {
        return requests.stream().anyMatch(request -> request.contains(":404") || request.startsWith("/no/such/page"));
    }

    /** Whether it is about somebody who may log in. */
    boolean wantsAUser() {
        return requests.stream().anyMatch(request -> request.matches(".*(login|authenticate|/private).*"));
    }

    /** The answer ends in the middle, for which a proxy has an answer of its own. */
    static final Conversation CUT_OFF = of("an exception after a flush", "/do?create,flush-buffer,throw");

    /** What does not depend on how the session is carried; {@link CarrierConversations} are the others. */
    static final List<Conversation> ALL = List.of(
            of(
                    "a session is made, used and found again",
                    "/do?create,set:a=1,state,requested,same",
                    "/do?state,requested,set:a=2,same,where,cookies,attributes",
                    "/do?peek,state,remove:a,state"),
            of("nobody asks for a session", "/do?peek,requested,state,encode:/x,attributes,cookies"),
            of(
                    "an unknown session is asked for",
                    "JSESSIONID=NOPE /do?peek,requested,encode:/x",
                    "JSESSIONID=NOPE /do?create,state,requested,encode:/x",
                    "/do?requested,state"),
            of(
                    "an attribute's value changes in place",
                    "/do?create,set-list:l,add:l=a,state",
                    "/do?add:l=b,state",
                    "/do?state"),
            of(
                    "attributes are told of their life",
                    "/do?create,bind:b,bind:b,set:b=1,set:b=2,set-null:b,state,bind:c,remove:c,bind:d,state",
                    "/do?invalidate"),
            of("a session made by a listener", "/heard?state,requested", "/heard?state,requested"),
            of("a session made by a listener, then an error", "/heard?error:404,state"),
            of("a session after eight kilobytes", "/do?write:8192,create,state", "/do?peek"),
            of("a session after nine kilobytes of a stream", "/do?stream,write:9000,create,state", "/do?peek"),
            // so big that Tomcat throws it away: a smaller one would serve other requests too
            of("a session in a big buffer", "/do?buffer:140000,write:20000,create,state", "/do?state"),
            of("a session after a flush", "/do?say:hi,flush,create,committed", "/do?peek"),
            of("a session before a flush", "/do?create,say:hi,flush,set:a=1,say:more", "/do?state"),
            of("a session by stream", "/do?stream,create,set:a=1,state,close,set:b=2", "/do?stream,state,flush,state"),
            of("a given length", "/do?length:5,create,say:abcd,set:a=1", "/do?state"),
            of("a given length of a stream", "/do?stream,length:6,create,byte-by-byte:abcdef,set:a=1", "/do?state"),
            of("more than the given length", "/do?length:3,create,say:abcdef,committed", "/do?state"),
            of("print", "/do?type:text/plain;charset=UTF-8,create,print", "/do?type:text/plain,print", "/do?print"),
            of(
                    "print by stream",
                    "/do?stream,type:text/plain;charset=UTF-8,create,print",
                    "/do?stream,type:text/plain,print,say:x"),
            of("the writer's error state", "/do?create,check-error,check-error", "/do?close,check-error,say:gone"),
            of("in a forward", "/do?forward,create,set:a=1,state,where", "/do?forward,state,requested,where"),
            of(
                    "in a forward with the application's wrappers",
                    "/do?forward-wrapped,create,state,where",
                    "/do?forward-wrapped,state,requested"),
            of("in a forward by name", "/do?forward-named,create,state,where", "/do?forward-named,state"),
            of("a forward in a forward", "/do?create,forward,set:a=1,forward,state,where"),
            of("in an include", "/do?include,create,set:a=1,state,where", "/do?include,state,requested,where"),
            of("an include after a flush", "/do?flush-buffer,include,create", "/do?peek"),
            of("in an error page", "/do?error:404,create,state,where", "/do?error:500=words,state,where,requested"),
            of("before an error page", "/do?create,set:a=1,error:404,state", "/do?state"),
            of("an error in a forward", "/do?forward,create,error:410,state,where", "/do?state"),
            of("an exception", "/do?create,set:a=1,throw,state,where", "/do?state"),
            of("an exception in a forward", "/do?forward,create,set:a=1,throw,state,where", "/do?state"),
            CUT_OFF,
            of("an error after a flush", "/do?create,flush-buffer,error:500,state"),
            of("an error page that ends the session", "/do?create,error:404,invalidate,create,state", "/do?state"),
            of("no such page", "/no/such/page", "/no/such/page?create,state"),
            of("async without arguments", "/do?async,create,set:a=1,state,original,complete", "/do?state"),
            of("async with arguments", "/do?async-same,create,set:a=1,state,original,complete", "/do?state"),
            of(
                    "async with the application's wrappers",
                    "/do?async-wrapped,create,set:a=1,state,original,complete",
                    "/do?state"),
            of("async in a thread of its own", "/do?async,thread,create,set:a=1,state,where,complete", "/do?state"),
            of("async in a thread, with arguments", "/do?async-same,thread,create,set:a=1,state,complete", "/do?state"),
            of("async in a thread of the container", "/do?async,start,create,set:a=1,state,complete", "/do?state"),
            of("async, session made before", "/do?create,async,thread,set:a=1,complete", "/do?state"),
            of("async dispatch", "/do?async,dispatch,create,set:a=1,state,where", "/do?async,dispatch,state,where"),
            of("async dispatch with arguments", "/do?async-same,dispatch,create,state,where", "/do?state"),
            of("async dispatch with wrappers", "/do?async-wrapped,dispatch,create,state,where", "/do?state"),
            of(
                    "async dispatch to another path",
                    "/do?create,async,dispatch:/dispatched,set:a=1,state,where",
                    "/do?state"),
            of(
                    "async dispatch from a thread",
                    "/do?async,thread,create,dispatch:/dispatched,set:a=1,state,where",
                    "/do?state"),
            of("async twice", "/do?async,dispatch,create,async,dispatch:/dispatched,state,where", "/do?state"),
            of("async in a forward", "/do?forward,async,create,state,where,complete", "/do?state"),
            of("async dispatch in a forward", "/do?forward,async,dispatch,create,state,where", "/do?state"),
            of(
                    "async dispatch in a forward, with arguments",
                    "/do?forward,async-same,dispatch,create,state,where",
                    "/do?state"),
            of("async error", "/do?async,timeout,create,send-error:500,complete,state,where", "/do?peek"),
            of("async dispatch, then an error", "/do?async,dispatch,create,error:404,state,where", "/do?state"),
            of("async dispatch, then an exception", "/do?async,dispatch,create,throw,state,where", "/do?state"),
            of("async time-out", "/do?async,timeout,create,set:a=1,state,complete", "/do?state"),
            of("async time-out, then a dispatch", "/do?async,timeout,create,dispatch:/dispatched,state", "/do?state"),
            of("async and forward", "/do?async,forward,create,state,complete", "/do?state"),
            of(
                    "a new id",
                    "/do?create,set:a=1,bind:b,state,change-id,state,requested",
                    "/do?state,requested,change-id,change-id,state",
                    "/do?state"),
            of("a new id without a session", "/do?change-id,peek"),
            of("a new id in a forward", "/do?create", "/do?forward,change-id,state", "/do?state"),
            of("a new id in an include", "/do?create", "/do?include,change-id,state", "/do?state"),
            of("a new id in a thread", "/do?create", "/do?async,thread,change-id,state,complete", "/do?state"),
            of("a new id after a flush", "/do?create", "/do?flush-buffer,change-id,peek", "/do?peek"),
            of(
                    "the end of a session",
                    "/do?create,set:a=1,bind:b,state",
                    "/do?invalidate,peek,requested,invalidate,encode:/x",
                    "/do?peek,requested"),
            of(
                    "the end of a session and a new one",
                    "/do?create,set:a=1,state",
                    "/do?invalidate,create,set:b=1,state,requested,encode:/x",
                    "/do?state,requested"),
            of("a session begins and ends in one request", "/do?create,invalidate,peek", "/do?peek,requested"),
            of("a session begins, ends and begins", "/do?create,invalidate,create,state", "/do?state"),
            of(
                    "a dead session is used",
                    "/do?create,set:a=1",
                    "/do?keep,invalidate,kept,kept-set:x,kept-invalidate,create,kept,state"),
            of("reset", "/do?create,set:a=1,say:gone,header:X=1,reset,state", "/do?peek,state"),
            of("reset of a stream", "/do?stream,create,say:gone,reset,state", "/do?peek"),
            of("reset, then a session", "/do?say:gone,reset,create,state", "/do?state"),
            of("reset of a session that was there", "/do?create", "/do?state,reset,state", "/do?state"),
            of("reset after a new id", "/do?create", "/do?change-id,reset,state", "/do?peek"),
            of("reset after a flush", "/do?create,flush-buffer,reset,say:x"),
            of("reset of the buffer", "/do?create,cookie:a=b,say:gone,reset-buffer,state", "/do?state"),
            of("redirect", "/do?create,redirect:/do", "/do?state,redirect:state", "/do?redirect:http://other/x"),
            of("redirect, encoded", "/do?create,redirect-encoded:/x", "/do?redirect-encoded:y"),
            of("redirect in a forward", "/do?forward,create,redirect:x", "/do?include,redirect:x"),
            of("redirect after a flush", "/do?create,flush-buffer,redirect:x"),
            of(
                    "redirects of 6.1",
                    "/do?create,say:body,redirect-keeping:/x",
                    "/do?set:a=1,redirect-307:/y",
                    "/do?say:body,set:b=2,redirect-303-keeping:z",
                    "/do?flush-buffer,redirect-307:/y",
                    "/do?state"),
            of("status and headers", "/do?create,status:202,header:X-A=1,add-header:X-A=2,say:x", "/do?status:204"),
            of(
                    "nothing for a header",
                    "/do?create,header:X-A=1,header-null:X-A,headers:X-A,add-header-null:X-B,headers:X-B",
                    "/do?header-null:Content-Length,header-null:Content-Type,say:x"),
            of("nothing for a url", "/do?encode-null", "/do?create,encode-null,state"),
            of("nothing for a cookie line", "/do?create,header-null:Set-Cookie,add-header-null:Set-Cookie,state"),
            of("headers are asked for", "/do?create,headers:Set-Cookie,cookie:a=b,headers:Set-Cookie"),
            of(
                    "cookies of the application",
                    "/do?cookie:first=1,create,cookie:second=2,add-header:Set-Cookie%3Dthird%3D%223%22;+path%3D/x",
                    "/do?cookies,cookie:first=2,change-id,cookie:last=x"),
            of("the application replaces all cookies", "/do?create,header:Set-Cookie%3Donly%3Done", "/do?peek,cookies"),
            of(
                    "the application sets a cookie of the session's name",
                    "/do?add-header:Set-Cookie%3DJSESSIONID%3D;+Max-Age%3D0,say:x",
                    "/do?peek"),
            of(
                    "urls with cookies",
                    "/do?create,encode:/x,encode:y?a=b%23c,encode:http://other/x,encode:,encode:%23top",
                    "/do?encode:/x,encode:http://other/x;jsessionid=FOREIGN"),
            of("a time-out of its own", "/do?create,max-inactive:77,state", "/do?state,max-inactive:-1", "/do?state"),
            of("the accessor of 6.1", "/do?create,accessor:x,state", "/do?state"),
            of("a login of somebody unknown", "/do?create,login:nobody=secret,user,state", "/do?user,state"),
            of(
                    "a login by program",
                    "/do?create,set:a=1,login:ishmael=harpoon,user,state,encode:/x",
                    "/do?user,state,logout,user,state",
                    "/do?user,peek"),
            of("a login by program without a session", "/do?login:ishmael=harpoon,user,peek", "/do?user,peek,create"),
            of("a login by program after a flush", "/do?create", "/do?flush-buffer,login:ishmael=harpoon,user,peek"),
            of("an authentication that shows the form", "/do?authenticate", "/do?create,authenticate", "/do?state"),
            of(
                    "an authentication of somebody known",
                    "/do?create,login:ishmael=harpoon,authenticate,user",
                    "/do?authenticate"),
            of("a page", "/page.jsp", "/page.jsp", "/do?state"),
            of("a page that is longer than its buffer", "/page.jsp?long", "/page.jsp?long"),
            of("a page that is included", "/do?include:/page.jsp", "/do?state", "/do?include:/page.jsp,state"),
            of("a page that is forwarded to", "/do?forward:/page.jsp", "/do?state", "/do?create,forward:/page.jsp"),
            of("another application's servlet", "/do?create,cross:/other,create,state", "/do?state"),
            of("async dispatch in another application's servlet", "/do?cross:/other,async,dispatch,create,state"));
}
