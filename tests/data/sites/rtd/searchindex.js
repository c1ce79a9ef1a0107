Search.setIndex({"docnames":["api","changelog","guide/install","guide/settings","index"]})
