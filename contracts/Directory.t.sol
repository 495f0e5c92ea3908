// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Directory} from "./Directory.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {vm} from "./test/Vm.t.sol";

contract DirectoryTest {
    function test_everyContractIsFoundUnderItsName() public {
        Directory directory = Deploy.directory(
            [address(1), address(2), address(3), address(4), address(5), address(6)],
            Directory(address(7)),
            8
        );
        vm.assertEq(directory.protocolVersion(), 1);
        vm.assertEq(directory.accessManager(), address(1));
        vm.assertEq(directory.agencyRegistry(), address(2));
        vm.assertEq(directory.certificateCatalog(), address(3));
        vm.assertEq(directory.batchAnchor(), address(4));
        vm.assertEq(directory.statusRegistry(), address(5));
        vm.assertEq(directory.recognitionPolicy(), address(6));
        vm.assertEq(directory.predecessor(), address(7));
        vm.assertEq(directory.firstBlock(), 8);
    }
}
