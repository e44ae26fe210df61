package io.limpet.cdi;

import io.limpet.SessionAdoption;
import io.limpet.SessionAdoptionListener;
import jakarta.enterprise.inject.spi.CDI;

/** Tells the observers of an application: {@code void adopted(@Observes SessionAdoption adoption)}. */
public final class AdoptionEvent implements SessionAdoptionListener {

    @Override
    public void sessionAdopted(SessionAdoption adoption) {
        CDI<Object> application;
        try {
            application = CDI.current();
        } catch (IllegalStateException e) {
            return; // the server has CDI, this application has not
        }
        application.getBeanManager().getEvent().select(SessionAdoption.class).fire(adoption);
    }
}
