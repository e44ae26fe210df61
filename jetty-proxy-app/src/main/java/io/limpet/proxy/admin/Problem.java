package io.limpet.proxy.admin;

/**
 * Why a request is not done.
 *
 * @param status the HTTP status
 * @param error in words, and what to do
 */
record Problem(int status, String error) {}
