const e='{"documentIds":{"0":"/ja/guide/install.html#インストール","1":"/ja/guide/install.html#install-with-a-package-manager","2":"/ja/#ランタン"}}';export{e as default};
