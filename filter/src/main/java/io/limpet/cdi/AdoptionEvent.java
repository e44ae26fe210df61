package io.limpet.cdi;

import io.limpet.SessionAdoption;
import io.limpet.SessionAdoptionListener;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;

/** Tells the observers of an application: {@code void adopted(@Observes SessionAdoption adoption)}. */
public final class AdoptionEvent implements SessionAdoptionListener {

    @Override
    public void sessionAdopted(SessionAdoption adoption) {
        BeanManager application;
        try {
            application = CDI.current().getBeanManager(); // TomEE answers the first in any case
        } catch (IllegalStateException e) {
            return; // the server has CDI, this application has not
        }
        application.getEvent().select(SessionAdoption.class).fire(adoption);
    }
}
