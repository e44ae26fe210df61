<%@ page contentType="text/plain; charset=UTF-8" buffer="8kb" %><% session.setAttribute("page", "seen"); %>
page of session id(<%= session.getId() %>) new <%= session.isNew() %>
url <%= response.encodeURL("x") %> redirect <%= response.encodeRedirectURL("x") %>
<% for (int i = 0; "long".equals(request.getQueryString()) && i < 90; i++) { out.println("x".repeat(99)); } %>
