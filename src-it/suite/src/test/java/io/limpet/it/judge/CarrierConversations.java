package io.limpet.it.judge;

import java.util.List;

/** What depends on how the session is carried: held with cookies of all kinds, and with the session in the URLs. */
final class CarrierConversations {

    /** In each the session is written into a cookie or into an encoded URL at least once. */
    static final List<Conversation> ALL = List.of(
            Conversation.of(
                    "a session by cookie or url",
                    "/do?create,set:a=1,state,encode:/x,encode:y",
                    "/do?requested,peek,cookies,encode:/x,change-id,state,encode:/x"),
            Conversation.of("a session made by a listener, by cookie or url", "/heard?encode:x,state", "/heard?state"),
            Conversation.of("after eight kilobytes, by cookie or url", "/do?write:8192,create,encode:x", "/do?peek"),
            Conversation.of(
                    "in a page, by cookie or url", "/page.jsp", "/do?include:/page.jsp", "/do?forward:/page.jsp"),
            Conversation.of("in a forward, by cookie or url", "/do?forward,create,encode:x", "/do?forward,encode:y"),
            Conversation.of("in an include, by cookie or url", "/do?include,create,encode:x", "/do?include,encode:y"),
            Conversation.of(
                    "in an error page, by cookie or url", "/do?error:500,create,encode:x", "/do?error:404,peek"),
            Conversation.of(
                    "reset, by cookie or url",
                    "/do?create,say:gone,reset,state,encode:x",
                    "/do?change-id,reset,state,encode:x"),
            Conversation.of(
                    "a redirect that carries the session", "/do?create,redirect-encoded:x", "/do?redirect-encoded:y"),
            Conversation.of(
                    "the end, by cookie or url",
                    "/do?create,invalidate,create,encode:x,state",
                    "/do?invalidate,encode:x"),
            Conversation.of(
                    "a form login",
                    "/private?create,user,state",
                    "POST /j_security_check?j_username=ishmael&j_password=wrong",
                    "POST /j_security_check?j_username=ishmael&j_password=harpoon",
                    "/private?create,user,state",
                    "/do?user,peek,logout,user"),
            Conversation.of(
                    "a login by program, by cookie or url",
                    "/do?create,login:ishmael=harpoon,encode:x",
                    "/do?logout,encode:x"),
            Conversation.of(
                    "async, by cookie or url",
                    "/do?async,thread,create,encode:x,complete",
                    "/do?async,dispatch,create,encode:x"),
            Conversation.of(
                    "async with arguments, by cookie or url",
                    "/do?async-same,thread,create,encode:x,complete",
                    "/do?async-wrapped,dispatch,encode:x"));

    /**
     * A session that may be idle for three seconds, while its user asks for pages that do not touch it. Whether such a
     * request is an access is the container's own opinion.
     */
    static final Conversation IDLE = Conversation.of(
            "a session that nobody touches",
            "/do?create,max-inactive:3,encode:x",
            "a second later /do?say:x",
            "a second later /do?say:x",
            "a second later /do?say:x",
            "a second later /do?say:x",
            "a second later /do?peek");

    private CarrierConversations() {}
}
