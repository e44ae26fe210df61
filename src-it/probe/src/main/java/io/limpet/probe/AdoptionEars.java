package io.limpet.probe;

import io.limpet.SessionAdoption;
import io.limpet.SessionAdoptionListener;

/** Notes which sessions came from other nodes. Where Limpet is not there, nobody loads it. */
public final class AdoptionEars implements SessionAdoptionListener {

    @Override
    public void sessionAdopted(SessionAdoption adoption) {
        EventLog.add("adopted " + Scene.id(adoption.oldId()) + " from " + adoption.from() + " as "
                + Scene.id(adoption.session().getId()) + " with cart "
                + adoption.session().getAttribute("cart"));
    }
}
