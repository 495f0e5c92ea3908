// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {UseLog} from "./UseLog.sol";
import {IUseLog} from "./interfaces/IUseLog.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {vm} from "./test/Vm.t.sol";

contract UseLogTest {
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    bytes32 private constant HEAD = keccak256("head");
    uint64 private constant NOW = 1_800_000_000;

    UseLog private log;

    function setUp() public {
        log = Deploy.useLog();
        vm.warp(NOW);
    }

    function test_anAnchorIsKeptWithItsTimeAndTold() public {
        vm.expectEmit(address(log));
        emit IUseLog.UsesAnchored(ALICE, 7, 3, HEAD, NOW);
        _anchor(ALICE, 7, 3, HEAD);

        vm.assertEq(log.lengthOf(ALICE, 7), 3);
        IUseLog.Anchor memory kept = log.anchorsOf(ALICE, 7, 0, 10)[0];
        vm.assertEq(kept.length, 3);
        vm.assertEq(kept.time, NOW);
        vm.assertEq(kept.head, HEAD);
    }

    function test_earlierAnchorsOfAStrandStay() public {
        _anchor(ALICE, 7, 3, HEAD);
        vm.warp(NOW + 3600);
        _anchor(ALICE, 7, 4, keccak256("later"));

        vm.assertEq(log.anchorCount(ALICE, 7), 2);
        IUseLog.Anchor[] memory kept = log.anchorsOf(ALICE, 7, 0, 10);
        vm.assertEq(kept[0].head, HEAD);
        vm.assertEq(kept[1].length, 4);
        vm.assertEq(kept[1].time, NOW + 3600);
    }

    function test_aStrandOnlyGrows(uint64 first, uint64 second) public {
        vm.assume(first > 0 && second <= first);
        _anchor(ALICE, 7, first, HEAD);
        vm.expectRevert(abi.encodeWithSelector(IUseLog.UseLogNotLonger.selector, 7, second, first));
        _anchor(ALICE, 7, second, keccak256("another"));
        vm.assertEq(log.lengthOf(ALICE, 7), first);
    }

    function test_aStrandOfNoLinesIsNoStrand() public {
        vm.expectRevert(abi.encodeWithSelector(IUseLog.UseLogNotLonger.selector, 7, 0, 0));
        _anchor(ALICE, 7, 0, HEAD);
    }

    function test_aHeadOfZeroIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IUseLog.UseLogZeroHead.selector, 7));
        _anchor(ALICE, 7, 1, 0);
    }

    function test_anEmptyListIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IUseLog.UseLogNothingToAnchor.selector));
        log.anchor(new IUseLog.Head[](0));
    }

    function test_severalStrandsAreAnchoredTogetherOrNotAtAll() public {
        _anchor(ALICE, 2, 5, HEAD);
        IUseLog.Head[] memory heads = new IUseLog.Head[](2);
        heads[0] = IUseLog.Head(1, 1, HEAD);
        heads[1] = IUseLog.Head(2, 5, HEAD);
        vm.expectRevert(abi.encodeWithSelector(IUseLog.UseLogNotLonger.selector, 2, 5, 5));
        vm.prank(ALICE);
        log.anchor(heads);
        vm.assertEq(log.lengthOf(ALICE, 1), 0);

        heads[1].length = 6;
        vm.prank(ALICE);
        log.anchor(heads);
        vm.assertEq(log.lengthOf(ALICE, 1), 1);
        vm.assertEq(log.lengthOf(ALICE, 2), 6);
    }

    function test_anAccountSpeaksForItselfAlone() public {
        _anchor(ALICE, 7, 3, HEAD);
        _anchor(BOB, 7, 1, keccak256("bob"));
        vm.assertEq(log.lengthOf(ALICE, 7), 3);
        vm.assertEq(log.lengthOf(BOB, 7), 1);
        vm.assertEq(log.strandCount(BOB), 1);
    }

    function test_strandsAndAnchorsAreGivenInPages() public {
        for (uint64 i = 1; i <= 5; i++) {
            _anchor(ALICE, 10 * i, 1, HEAD);
            _anchor(ALICE, 10, i + 1, HEAD);
        }
        vm.assertEq(log.strandCount(ALICE), 5);
        uint64[] memory strands = log.strandsOf(ALICE, 3, 10);
        vm.assertEq(strands.length, 2);
        vm.assertEq(strands[0], 40);
        vm.assertEq(log.strandsOf(ALICE, 1, 2).length, 2);
        vm.assertEq(log.strandsOf(ALICE, 5, 1).length, 0);
        vm.assertEq(log.strandsOf(ALICE, type(uint256).max, type(uint256).max).length, 0);
        vm.assertEq(log.anchorsOf(ALICE, 10, 4, type(uint256).max).length, 2);
        vm.assertEq(log.anchorsOf(ALICE, 10, 4, 1)[0].length, 5);
    }

    function _anchor(address account, uint64 strand, uint64 length, bytes32 head) private {
        IUseLog.Head[] memory heads = new IUseLog.Head[](1);
        heads[0] = IUseLog.Head(strand, length, head);
        vm.prank(account);
        log.anchor(heads);
    }
}
